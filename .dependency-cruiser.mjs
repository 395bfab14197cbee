/** The layers of the design, enforced: the folder is the process, and processes meet only in `app/`. */
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'app-is-pure',
      comment: 'app/ holds values and pure steps: no runtime, no process, no page.',
      severity: 'error',
      from: { path: '^app/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^app/', '^node_modules/zod/'] },
    },
    {
      name: 'core-knows-app-only',
      severity: 'error',
      from: { path: '^main/core/' },
      to: { path: '^(main/(engine|headless|shell|relauncher)|preload|renderer|scripts|e2e)/' },
    },
    {
      name: 'engine-knows-app-only',
      severity: 'error',
      from: { path: '^main/engine/' },
      to: { path: '^(main/(core|headless|shell|relauncher)|preload|renderer|scripts|e2e)/' },
    },
    {
      name: 'headless-composes-core-and-engine',
      severity: 'error',
      from: { path: '^main/headless/' },
      to: { path: '^(main/(shell|relauncher)|preload|renderer|scripts|e2e)/' },
    },
    {
      name: 'shell-knows-engine-only',
      severity: 'error',
      from: { path: '^main/shell/' },
      to: { path: '^(main/(core|headless|relauncher)|preload|renderer|scripts|e2e)/' },
    },
    {
      name: 'relauncher-stands-outside',
      severity: 'error',
      from: { path: '^main/relauncher/' },
      to: { path: '^(main/(core|engine|headless|shell)|preload|renderer|scripts|e2e)/' },
    },
    {
      name: 'preload-carries-names-only',
      severity: 'error',
      from: { path: '^preload/' },
      to: { path: '^(app/(?!contract/)|main|renderer|scripts|e2e)/' },
    },
    {
      name: 'renderer-knows-app-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|preload|scripts|e2e)/' },
    },
    {
      name: 'electron-in-the-shell-only',
      comment: 'What only one runtime has sits in the shell, behind ports.',
      severity: 'error',
      from: { pathNot: '^(main/shell|preload|e2e|scripts)/' },
      to: { path: '^(electron$|node_modules/electron/)' },
    },
    {
      name: 'no-test-code-in-the-program',
      severity: 'error',
      from: { path: '^(app|main|preload|renderer)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: ['\\.test\\.tsx?$', '^e2e/', 'node_modules/(vitest|fast-check|@playwright)/'] },
    },
    {
      name: 'ipc-in-one-place',
      comment: 'Only this file listens to pages.',
      severity: 'error',
      from: { path: '^main/shell/', pathNot: '^main/shell/(shell|main|terminal-lines)\\.ts$' },
      to: { path: '^main/shell/terminal-lines\\.ts$' },
    },
    {
      name: 'no-dev-dependency-in-the-program',
      severity: 'error',
      from: { path: '^(app|main|preload|renderer)/', pathNot: '\\.test\\.tsx?$' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/(electron|@types)/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.main.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    exclude: { path: '(^dist/|^reports/)' },
  },
};
