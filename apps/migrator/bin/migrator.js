#!/usr/bin/env node
import { launch } from '@trivia/launcher'

await launch(() => import('../src/main.ts'))
