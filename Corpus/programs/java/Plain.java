/** A class without a package that throws an exception without a package. */
public final class Plain {
  static final class Trouble extends Exception {
    Trouble(String message) {
      super(message);
    }
  }

  public static void main(String[] args) throws Exception {
    throw new Trouble("no package");
  }
}
