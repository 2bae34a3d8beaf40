import static org.junit.Assert.assertEquals;

import org.junit.Test;

/** Tests that fail, for JUnit's text report. */
public class JunitForms {
  @Test
  public void equal() {
    assertEquals("line one\nline two", "line one\nline 2");
  }

  @Test
  public void error() {
    try {
      Integer.parseInt("x");
    } catch (NumberFormatException e) {
      throw new IllegalStateException("not a number", e);
    }
  }

  @Test(timeout = 50)
  public void slow() throws InterruptedException {
    Thread.sleep(5000);
  }
}
