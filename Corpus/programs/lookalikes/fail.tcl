# Tcl: errorInfo looks like a stack told backwards.
proc divide {a b} { expr {$a / $b} }
proc place {id} { foreach n {1 0} { divide $id $n } }
catch {place 7}
puts stderr $errorInfo
place 8
