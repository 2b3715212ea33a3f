import boundaries from 'eslint-plugin-boundaries'
import tseslint from 'typescript-eslint'

// The migrator's layers, from the outside in. Each may import the ones after it, and itself.
const layers = [
  ['commands', ['commands']],
  ['terminal', ['terminal', 'watch']],
  ['authoring', ['authoring']],
  ['pipeline', ['archive', 'drill', 'pipeline', 'retention', 'schedule', 'steps', 'verification']],
  ['domain', ['adoption', 'alerts', 'backups', 'data-steps', 'lint', 'metrics', 'migrations', 'preservation', 'prisma', 'quarantine', 'recovery', 'reports', 'restore', 'structure', 'tasks']],
  ['platform', ['files', 'sqlite']],
]

// The bot's layers. The game (features) knows neither Discord nor the store that runs it.
const botLayers = [
  ['runtime', ['runtime', 'deploys']],
  ['handlers', ['commands', 'components', 'games', 'importing', 'http']],
  ['messages', ['messages']],
  ['discord', ['discord']],
  ['store', ['store', 'texts', 'charts']],
  ['features', ['features']],
]

const element = (type, pattern) => ({ type, partialMatch: false, pattern })

export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/generated/**', '**/.turbo/**', '**/coverage/**', '**/dist/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'bin/*.js', 'packages/launcher/launch.js'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowNullish: true, allowBoolean: false, allowAny: false }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // A port's method is asynchronous for all of its implementations.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['apps/**/src/**/*.ts', 'apps/**/src/**/*.tsx', 'packages/**/src/**/*.ts', 'src/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/root-path': import.meta.dirname,
      'boundaries/include': ['apps/*/src/**', 'packages/*/src/**'],
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
      'boundaries/elements': [
        ...layers.flatMap(([type, patterns]) => patterns.map((pattern) => element(type, `apps/migrator/src/${pattern}`))),
        ...botLayers.flatMap(([type, patterns]) => patterns.map((pattern) => element(`bot-${type}`, `apps/bot/src/${pattern}`))),
        element('app', 'apps/*'),
        element('package', 'packages/*'),
      ],
    },
    rules: {
      'boundaries/dependencies': ['error', {
        default: 'disallow',
        policies: [
          ...layers.map(([type], index) => ({
            from: { element: { type } },
            allow: { to: { element: { types: { anyOf: [...layers.slice(index).map(([name]) => name), 'app', 'package'] } } } },
          })),
          ...botLayers.map(([type], index) => ({
            from: { element: { type: `bot-${type}` } },
            allow: { to: { element: { types: { anyOf: [...botLayers.slice(index).map(([name]) => `bot-${name}`), ...(type === 'features' ? [] : ['app']), 'package'] } } } },
          })),
          // main and program at the top of an app; errors and settings, which all layers use.
          { from: { element: { type: 'app' } }, allow: { to: { element: { types: { anyOf: [...layers.map(([name]) => name), ...botLayers.map(([name]) => `bot-${name}`), 'app', 'package'] } } } } },
          { from: { element: { type: 'package' } }, allow: { to: { element: { type: 'package' } } } },
          ...['external', 'core'].map((origin) => ({ allow: { to: { module: { origin } } } })),
        ],
      }],
    },
  },
  {
    // A scenario that is not as a test thinks fails with or without the mark.
    files: ['test/**/*.ts', '**/test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/bin/*.js', '**/*.config.js', '**/launch.js'],
    ...tseslint.configs.disableTypeChecked,
  },
)
