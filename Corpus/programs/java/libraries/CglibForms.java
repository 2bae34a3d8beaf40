import net.sf.cglib.proxy.Enhancer;
import net.sf.cglib.proxy.MethodInterceptor;

/** Frames of classes that CGLIB makes while the program runs. */
public class CglibForms {
  /** Called through a subclass that CGLIB made. */
  public void place(int id) {
    throw new IllegalStateException("order " + id + " failed");
  }

  /** Always fails. */
  public static void main(String[] args) {
    Enhancer enhancer = new Enhancer();
    enhancer.setSuperclass(CglibForms.class);
    enhancer.setCallback((MethodInterceptor) (object, method, values, proxy) -> proxy.invokeSuper(object, values));
    ((CglibForms) enhancer.create()).place(17);
  }
}
