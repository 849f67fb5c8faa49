# Runs PostgreSQL for as long as the sandbox lives: standard input is a pipe whose other end the sandbox holds, so that
# it closes however the sandbox ends, a kill -9 included.
# Arguments: signal that ends PostgreSQL, directory to remove at the end, program with its arguments.
signal=$1 run=$2
shift 2
exec 3<&0
# No query may take the machine's memory, neither here nor in the sandbox that reads its answer.
ulimit -v 1048576 2>/dev/null
"$@" </dev/null 3<&- &
child=$!
trap 'kill -s "$signal" "$child" 2>/dev/null' HUP INT TERM
{ read -r _ <&3; kill -s "$signal" "$child" 2>/dev/null; } &
reader=$!
exec 3<&-
while kill -0 "$child" 2>/dev/null; do wait "$child"; done
kill "$reader" 2>/dev/null
rm -rf -- "$run"
