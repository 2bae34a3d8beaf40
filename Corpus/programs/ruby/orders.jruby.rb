# Run by JRuby: Ruby and Java frames in one Java stack trace, printed by Java.
require 'java'

def parse(text)
  java.lang.Integer.parseInt(text)
end

begin
  [1].each { parse('not a number') }
rescue java.lang.NumberFormatException => e
  e.printStackTrace
end

begin
  java.util.ArrayList.new.get(3)
rescue Java::JavaLang::Exception => e
  java.lang.RuntimeException.new('wrapped in JRuby', e).printStackTrace
end
