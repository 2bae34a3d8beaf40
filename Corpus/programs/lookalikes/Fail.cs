// C#: a chain with an inner exception, then an uncaught one.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Acme.Orders {
  class OrderException : Exception { public OrderException(string m, Exception inner) : base(m, inner) { } }

  static class Desk {
    static int Divide(int a, int b) { return a / b; }

    static void Place(int id, List<string> names) {
      try { Divide(id, 0); } catch (DivideByZeroException e) { throw new OrderException("order " + id + " failed", e); }
    }

    static async Task Later(int id) { await Task.Yield(); Place(id, null); }

    static void Main() {
      try { Place(1, null); } catch (Exception e) { Console.Error.WriteLine(e); }
      try { Later(2).Wait(); } catch (Exception e) { Console.Error.WriteLine(e); }
      Action<int> f = id => Place(id, new List<string>());
      f(3);
    }
  }
}
