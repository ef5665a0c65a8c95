#!/usr/bin/env bash
# Stops one process of a Linux machine for Cordon, through a live response session of Defender for Endpoint.
#
#   stop-process.sh --pid N --start EPOCH_SECONDS --sha256 HEX [--protect NAME,NAME] [--grace SECONDS]
#
# The process must have this id AND have started at this time (two seconds either way) AND run an executable with this
# sha256: ids are used again, and hours may lie between an alert and an approval. Anything else is left alone.
# Prints one line of JSON and nothing else: no path, no command line, no user.
#
# Exit: 0 stopped, 10 already gone, 20 another process has this id now, 21 protected, 22 arguments not understood,
#       23 not allowed to, 24 the machine lacks sha256sum, 30 survived SIGKILL.
set -uo pipefail
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin

readonly PROTECTED="systemd init mdatp wdavdaemon sshd dbus-daemon systemd-journald systemd-logind systemd-udevd"
pid="" start="" sha256="" protect="" grace=20 signal=NONE unit=""

finish() { # RESULT EXIT
  printf '{"tool":"cordon-stop-process","version":1,"result":"%s","pid":%d,"signal":"%s","unit":"%s"}\n' "$1" "${pid:-0}" "$signal" "$unit"
  exit "$2"
}

while [ $# -gt 1 ]; do
  case $1 in
    --pid) pid=$2 ;;
    --start) start=$2 ;;
    --sha256) sha256=$2 ;;
    --protect) protect=$2 ;;
    --grace) grace=$2 ;;
    *) pid=""; break ;;
  esac
  shift 2
done
if [ $# -ne 0 ] || ! [[ $pid =~ ^[1-9][0-9]{0,6}$ && $start =~ ^[1-9][0-9]{0,10}$ && $sha256 =~ ^[0-9a-f]{64}$ \
    && $protect =~ ^[A-Za-z0-9_.,-]{0,400}$ && $grace =~ ^[0-9]{1,3}$ ]] || [ "$grace" -gt 240 ]; then
  pid=0
  finish NOT_UNDERSTOOD 22
fi
command -v sha256sum >/dev/null || finish TOOL_MISSING 24

# The fields of /proc/N/stat behind the name, which may hold blanks and parentheses: state first, start time twentieth.
stat_fields() {
  local line
  { line=$(<"/proc/$pid/stat"); } 2>/dev/null || return 1
  read -ra fields <<<"${line##*) }"
}

is_gone() {
  ! stat_fields || [[ ${fields[0]} == [ZX] ]]
}

# Seconds since the epoch at which the process of this id started.
started_at() {
  local boot
  boot=$(sed -n 's/^btime //p' /proc/stat)
  echo $((boot + fields[19] / $(getconf CLK_TCK)))
}

is_the_one() {
  local apart actual
  stat_fields || return 1
  apart=$(($(started_at) - start))
  [ "${apart#-}" -le 2 ] || return 1
  actual=$(sha256sum <"/proc/$pid/exe" 2>/dev/null) || return 1
  [ "${actual%% *}" = "$sha256" ]
}

# Whether the id still belongs to the process that was told to end. Its program no longer counts: it may have put another
# one into its place when it was told.
is_the_same() {
  stat_fields && [ "${fields[19]}" = "$born" ]
}

is_protected() {
  local name comm
  [ "$pid" -eq 1 ] || [ "$pid" -eq $$ ] || [ "$pid" -eq "$PPID" ] && return 0
  { comm=$(<"/proc/$pid/comm"); } 2>/dev/null || return 1
  for name in $PROTECTED ${protect//,/ }; do
    # the kernel keeps 15 characters of a name
    [ "$comm" = "${name:0:15}" ] && return 0
  done
  return 1
}

# A service manager may start it again; whoever reads the result should know which unit to look at.
unit_of() {
  local last
  last=$(sed -n 's|.*/\([^/]*\.service\)$|\1|p' "/proc/$pid/cgroup" 2>/dev/null | head -n 1)
  [[ $last =~ ^[A-Za-z0-9@_.-]{1,100}$ ]] && unit=$last
}

wait_until_gone() { # SECONDS
  local tenths
  for ((tenths = 0; tenths < $1 * 10; tenths++)); do
    is_gone && return 0
    sleep 0.1
  done
  is_gone
}

is_gone && finish ALREADY_GONE 10
is_protected && finish PROTECTED 21
if ! is_the_one; then
  is_gone && finish ALREADY_GONE 10
  finish ANOTHER_PROCESS 20
fi
born=${fields[19]}
unit_of

signal=TERM
kill -TERM "$pid" 2>/dev/null || { is_gone && finish STOPPED 0; signal=NONE; finish NOT_ALLOWED 23; }
wait_until_gone "$grace" && finish STOPPED 0
is_the_same || finish STOPPED 0
signal=KILL
kill -KILL "$pid" 2>/dev/null
wait_until_gone 10 && finish STOPPED 0
is_the_same || finish STOPPED 0
finish SURVIVED 30
