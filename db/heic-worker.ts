import { parentPort, workerData } from 'node:worker_threads';
import heicConvert from 'heic-convert';

/** Runs in a thread of its own: libheif in WebAssembly takes seconds and may fail on hostile files. */
const jpeg = await heicConvert({ buffer: workerData as Uint8Array, format: 'JPEG', quality: 0.9 });
parentPort?.postMessage(new Uint8Array(jpeg));
