# For Yocto: classes-recipe/unitlint.bbclass in a layer. `inherit unitlint` in a recipe with units fails it where one has an error, and unitlint is on the build host.
HOSTTOOLS_NONFATAL += "unitlint"

UNITLINT_OPTIONS ?= "--target ${UNITLINT_SYSTEMD}"
UNITLINT_SYSTEMD ?= "257"

do_unitlint() {
    if ! command -v unitlint > /dev/null; then
        bbwarn "unitlint is not on the build host: units are not linted"
        return 0
    fi
    if [ -d "${D}${systemd_system_unitdir}" ]; then
        unitlint ${UNITLINT_OPTIONS} "${D}${systemd_system_unitdir}" || bbfatal "unitlint has found errors in units"
    fi
}
addtask unitlint after do_install before do_package
