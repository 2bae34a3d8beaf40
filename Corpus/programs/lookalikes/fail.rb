# Ruby: a chain of causes, printed in full and then uncaught.
class OrderError < StandardError; end

def divide(n) = 1 / n

def place(id)
  [0].each { |n| divide(n) }
rescue ZeroDivisionError
  raise OrderError, "order #{id} failed\nin two lines"
end

begin
  place(1)
rescue OrderError => e
  warn e.full_message(highlight: false, order: :top)
  warn e.full_message(highlight: false, order: :bottom)
  warn e.backtrace.map { |l| "    at #{l}" }
end
place(2)
