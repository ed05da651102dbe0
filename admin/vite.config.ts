import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

/** `API_ORIGIN` is where `npm run portal:dev` finds the API; the built portal is served by the API itself. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  plugins: [react()],
  server: {
    port: 24000,
    proxy: { '/api': { target: loadEnv(mode, '.', 'API_')['API_ORIGIN'] ?? 'http://127.0.0.1:4000', changeOrigin: false } },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // A data: address would need its own line in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    // Icons would each be a file of its own; what is needed before the first screen comes in two.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'icons', test: /icons-material/ },
            { name: 'frame', test: /admin\/(layout|parts|providers|theme)\// },
          ],
        },
      },
    },
  },
}));
