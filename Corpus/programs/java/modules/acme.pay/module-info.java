/** The callee. */
module acme.pay {
  exports com.acme.pay;
}
