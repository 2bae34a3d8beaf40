/** The caller: loaded by a named loader of its own. */
module acme.shop {
  requires acme.pay;
  exports com.acme.shop;
}
