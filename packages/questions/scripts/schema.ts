import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { triviaYamlJsonSchema } from '../src/formats/trivia-yaml-schema.ts'

// Writes the published JSON Schema; a test sees to it that it is up to date.
writeFileSync(resolve(import.meta.dirname, '../schema/questions.schema.json'), `${JSON.stringify(triviaYamlJsonSchema(), null, 2)}\n`)
