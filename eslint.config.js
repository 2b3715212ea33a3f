import boundaries from 'eslint-plugin-boundaries'
import tseslint from 'typescript-eslint'

/** Folders of the migrator, from the outside in: each may use what comes after it. */
const migrator = (folder) => ({ type: folder, pattern: `apps/migrator/src/${folder}/**`, mode: 'full' })

export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/generated/**', '**/.turbo/**', '**/coverage/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'bin/*.js', 'vitest.config.ts'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowNullish: false, allowBoolean: false, allowAny: false }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  {
    files: ['**/bin/*.js', '**/*.config.js'],
    ...tseslint.configs.disableTypeChecked,
  },
)
