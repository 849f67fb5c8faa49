# Finds a Chromium for Playwright: its own if somebody has installed that, or else Debian's, whose path goes to
# playwright.config.ts as STEWARD_CHROMIUM. The one without windows is quicker by a fifth of each test's time. Sourced,
# after end2end's packages are there.
own=$(cd end2end && node -p 'require("@playwright/test").chromium.executablePath()')
installed_chromium() {
    command -v chromium-headless-shell || command -v chromium
}
if [ -z "${STEWARD_CHROMIUM:-}" ] && [ ! -x "$own" ]; then
    installed_chromium >/dev/null || (apt_install chromium-headless-shell) || apt_install chromium
    STEWARD_CHROMIUM=$(installed_chromium)
    export STEWARD_CHROMIUM
fi
