# Perl: warnings, confess with its call stack, die.
use strict;
use warnings;
use Carp qw(cluck confess);

sub place { my ($id) = @_; confess "order $id failed" }
sub main::outer { place(shift) }
warn "Traceback is off\n";
cluck "who calls";
eval { outer(7) };
print STDERR $@;
my %h = (at => undef);
print STDERR "value: " . $h{at} . "\n";
die { code => 3 } if @ARGV;
outer("two\nlines");
