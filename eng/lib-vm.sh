# Shared by the scripts that start a virtual machine (qemu, emulated: no KVM needed). Sourced after lib.sh.
export DEBIAN_FRONTEND=noninteractive PATH=$PATH:/usr/sbin:/sbin

# Installs the packages of programs that are missing: PROGRAM:PACKAGE ...
vm_programs() {
    local needed
    for needed in qemu-system-x86_64:qemu-system-x86 busybox:busybox-static cpio:cpio "$@"; do
        command -v "${needed%:*}" >/dev/null || apt-get install -y --no-install-recommends "${needed#*:}" >/dev/null 2>&1 || die "the package ${needed#*:} cannot be installed"
    done
}

# Takes a package apart into a directory; it is not installed: this machine keeps its own.
vm_unpack() { (cd "$2" && apt-get download "$1" >/dev/null 2>&1 && dpkg-deb -x "$1"_*.deb . && rm "$1"_*.deb) || die "the package $1 cannot be had"; }

# Takes the kernel package of a metapackage apart into a directory.
vm_kernel() { vm_unpack "$(apt-cache depends "$1" | sed -n 's/^ *Depends: //p' | grep '^linux-image' | head -1)" "$2"; }

vm_initramfs() { (cd "$1" && find . | cpio -o -H newc --quiet | gzip -1) >"$2"; }

# Starts the machine, shows what it says from the line BEGIN on, and ends with the sum of its lines "passed ..." and "failed ...".
vm_run() {
    local log=$1 kernel=$2 initramfs=$3 command_line=$4 seconds=$5
    shift 5
    vm_qemu "$seconds" -serial stdio "$@" -kernel "$kernel" -initrd "$initramfs" -append "console=ttyS0 quiet panic=-1 $command_line" |
        stdbuf -oL tr -d '\r' | sed -un 's|.*\(BEGIN .*\)|\1|; /BEGIN/,$p' | tee "$log" || true
    vm_sum "$log"
}

vm_qemu() {
    local seconds=$1
    shift
    timeout "$seconds" nice -n 5 qemu-system-x86_64 -machine accel=tcg -cpu max -nographic -no-reboot -nodefaults "$@" </dev/null
}

# Counts the lines "passed ..." and "failed ..." of a log; a machine that did not come to its end is one more failure.
vm_sum() {
    local log=$1 passed failed
    passed=$(grep -c '^passed ' "$log" || true) failed=$(grep -c '^failed ' "$log" || true)
    grep -q '^END' "$log" || { echo "failed the machine did not come to its end"; failed=$((failed + 1)); }
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
