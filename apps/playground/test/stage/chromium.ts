import { existsSync } from 'node:fs'

const PLACES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser']

/** The system's Chromium; undefined where there is none. */
export const chromiumPath = PLACES.find((path) => path !== undefined && path !== '' && existsSync(path))
