package com.acme.flow

import com.acme.corpus.Truth
import java.nio.file.{Files, Paths}
import scala.collection.JavaConverters._

trait Step {
  def run(n: Int): Int = List(n).map(x => check(x)).sum
  def check(n: Int): Int
}

object `Überprüfung` extends Step {
  def `method with spaces`(n: Int): Int = run(n)
  def +++(n: Int): Int = `method with spaces`(n)
  def check(n: Int): Int = n match { case 1 => 1 }
}

class Pipeline(val name: String) {
  lazy val steps: Seq[Int] = Stream.from(1).map { case i if i < 3 => 10 / (2 - i) }.take(2).toList
  def ->>(other: Pipeline): Pipeline = try { steps.foreach(println); other } catch {
    case e: ArithmeticException => throw new IllegalStateException(s"$name cannot reach ${other.name}", e)
  }
}

object Main {
  def main(args: Array[String]): Unit = {
    val forms: List[() => Any] = List(
      () => `Überprüfung`.+++(2),
      () => new Pipeline("first") ->> new Pipeline("second"),
      () => Map("a" -> 1)("b"),
      () => None.get,
      () => { def local(x: Int): Int = sys.error("local " + x); local(1) })
    val truths = forms.flatMap { form =>
      try { form(); None } catch { case e: Throwable => e.printStackTrace(); Some(Truth.of(e)) }
    }
    Files.write(Paths.get(args(0)), Truth.file(truths.asJava).getBytes("UTF-8"))
  }
}
