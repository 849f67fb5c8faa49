# Finds a Chromium for Playwright: its own if somebody has installed that, or else Debian's, whose path
# goes to playwright.config.ts as STEWARD_CHROMIUM. Sourced, after end2end's packages are there.
own=$(cd end2end && node -p 'require("@playwright/test").chromium.executablePath()')
if [ -z "${STEWARD_CHROMIUM:-}" ] && [ ! -x "$own" ]; then
    command -v chromium >/dev/null || apt_install chromium
    STEWARD_CHROMIUM=$(command -v chromium)
    export STEWARD_CHROMIUM
fi
