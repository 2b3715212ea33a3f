import type { Rule } from './rule.ts'

/** SQL over a question `t`: its options as rows (key, text), and none where they are no JSON list. */
const OPTIONS = `(SELECT key, CASE type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(value AS TEXT) END AS text
  FROM json_each(CASE WHEN json_valid(t.options) AND json_type(t.options) = 'array' THEN t.options ELSE '[]' END))`

const ANSWER = 't.correct_answer'
const UNSIGNED = `(CASE WHEN substr(trim(${ANSWER}), 1, 1) IN ('+', '-') THEN substr(trim(${ANSWER}), 2) ELSE trim(${ANSWER}) END)`
const IS_INDEX = `(${UNSIGNED} <> '' AND ${UNSIGNED} NOT GLOB '*[^0-9]*')`
const COUNT = `(SELECT count(*) FROM ${OPTIONS})`

/** SQL over a question `t`: whether the answer is an option's text, letter by letter. */
export const isOptionTextSql = `EXISTS (SELECT 1 FROM ${OPTIONS} AS o WHERE o.text = ${ANSWER})`

/** SQL over a question `t`: the option that the answer means but for case and outer spaces, if it is just one. */
const looseOption = `(SELECT CASE WHEN count(*) = 1 THEN min(o.text) END FROM ${OPTIONS} AS o WHERE lower(trim(o.text)) = lower(trim(${ANSWER})))`

/** SQL over a question `t`: the text at the answer's place in the options, counted from 0. */
const indexedOption = `CASE WHEN ${IS_INDEX} THEN (SELECT o.text FROM ${OPTIONS} AS o WHERE o.key = CAST(trim(${ANSWER}) AS INTEGER)) END`

/**
 * SQL over a multiple-choice question `t` of the older system: the text of the option that `correct_answer`
 * means, or NULL where it means none. The text decides before the index: "1996" can be an option.
 */
export const meantOptionSql = `CASE WHEN ${isOptionTextSql} THEN ${ANSWER} ELSE coalesce(${looseOption}, ${indexedOption}) END`

const isMultipleChoice = "t.question_type = 'multiple_choice'"
const meansNothing = `${isMultipleChoice} AND (${meantOptionSql}) IS NULL`

/** What a question's JSON and answer must be. */
export const answerRules: readonly Rule[] = [
  {
    name: 'broken_json',
    table: 'questions',
    severity: 'error',
    broken: '(t.options IS NOT NULL AND NOT json_valid(t.options)) OR (t.answer_variations IS NOT NULL AND NOT json_valid(t.answer_variations))',
    reason: "CASE WHEN t.options IS NOT NULL AND NOT json_valid(t.options) THEN 'options is not JSON: ' || quote(substr(t.options, 1, 60)) ELSE 'answer_variations is not JSON: ' || quote(substr(t.answer_variations, 1, 60)) END",
  },
  {
    name: 'option_index_out_of_range',
    table: 'questions',
    severity: 'error',
    era: 'legacy',
    broken: `${meansNothing} AND ${IS_INDEX}`,
    reason: `'correct_answer is option ' || ${ANSWER} || ' of ' || ${COUNT}`,
  },
  {
    name: 'answer_not_an_option',
    table: 'questions',
    severity: 'warning',
    era: 'legacy',
    broken: `${meansNothing} AND NOT ${IS_INDEX}`,
    reason: `'correct_answer is none of the options: ' || quote(substr(${ANSWER}, 1, 60))`,
  },
  {
    name: 'answer_not_an_option',
    table: 'questions',
    severity: 'warning',
    era: 'current',
    broken: `${isMultipleChoice} AND NOT ${isOptionTextSql}`,
    reason: `'correct_answer is none of the options: ' || quote(substr(${ANSWER}, 1, 60))`,
  },
  {
    name: 'options_not_a_list',
    table: 'questions',
    severity: 'warning',
    broken: `${isMultipleChoice} AND json_valid(t.options) AND (json_type(t.options) <> 'array' OR json_array_length(t.options) < 2)`,
    reason: "'options is not a list of two or more'",
  },
  {
    name: 'duplicate_options',
    table: 'questions',
    severity: 'warning',
    broken: `${isMultipleChoice} AND (SELECT count(*) <> count(DISTINCT o.text) FROM ${OPTIONS} AS o)`,
    reason: "'two options are the same'",
  },
]
