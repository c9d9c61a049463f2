import { defineConfig } from 'vitest/config';

/** Where Maven and Spring look for what the jar serves. */
const assets = '../../../target/classes/META-INF/resources/facelock/assets';

export default defineConfig({
  build: {
    outDir: assets,
    // The folder also holds what the starter's own resources put there.
    emptyOutDir: false,
    target: ['chrome111', 'firefox113', 'safari16.4'],
    minify: true,
    sourcemap: false,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      preserveEntrySignatures: 'strict',
      input: {
        'facelock-capture': 'src/facelock-capture.ts',
        step: 'src/step.ts',
        enrol: 'src/enrol.ts',
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        codeSplitting: {
          // What the two page scripts share with the component is one file, under a name that stays.
          groups: [{ name: 'facelock-camera', test: /frontend\/src\/(?!step|enrol|face-|facelock-capture)/ }],
        },
        assetFileNames: '[name][extname]',
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.ts'],
    // Machines that do several things at once take their time.
    testTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
    reporters: ['default', ['junit', { outputFile: '../../../target/surefire-reports/TEST-frontend.xml' }]],
  },
});
