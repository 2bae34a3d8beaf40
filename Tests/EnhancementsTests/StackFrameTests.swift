import Enhancements
import Testing

@Test func aNewFrameKnowsNothing() {
  #expect(StackFrame() == StackFrame(module: nil, inApp: nil))
  #expect(StackFrame(inApp: false) != StackFrame())
}
