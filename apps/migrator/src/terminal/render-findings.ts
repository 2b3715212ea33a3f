import { relative } from 'node:path'
import type { Finding } from '../lint/finding.ts'
import { countOf, indent } from './describe.ts'

/** Findings for people: by migration, each with its line, its rule and what to write instead. */
export function renderFindings(findings: readonly Finding[], looked: number): string {
  const migrations = [...Map.groupBy(findings, (finding) => finding.migration)]
  return [heading(findings, looked), ...migrations.map(([name, list]) => `\n${name}/migration.sql\n${list.map(renderFinding).join('\n')}`)].join('\n')
}

function heading(findings: readonly Finding[], looked: number): string {
  if (looked === 0) return '✔ no migration is pending'
  const errors = findings.filter((finding) => finding.severity === 'error').length
  const counts = [...(errors > 0 ? [countOf(errors, 'error')] : []), ...(findings.length > errors ? [countOf(findings.length - errors, 'warning')] : [])]
  return `${errors === 0 ? '✔' : '✖'} ${countOf(looked, 'migration')}: ${counts.join(', ') || 'nothing to find fault with'}`
}

function renderFinding({ rule, severity, line, message, fix }: Finding): string {
  const lines = [`  ${severity === 'error' ? '✖' : '⚠'} line ${line}, ${rule} (docs/lint/${rule}.md)`, indent(indent(message))]
  if (fix !== null) lines.push('    Instead:', indent(indent(indent(fix))))
  return lines.join('\n')
}

/** Findings as GitHub's workflow commands, which mark the lines in a pull request. */
export function renderAnnotations(findings: readonly Finding[], fileOf: (migration: string) => string, base: string): string {
  return findings.map(({ rule, severity, migration, line, message, fix }) => {
    const file = relative(base, fileOf(migration))
    const text = fix === null ? message : `${message}\n\nInstead:\n${fix}`
    return `::${severity} file=${property(file)},line=${line},title=${property(rule)}::${data(text)}`
  }).join('\n')
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
