import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useErrorText, useT, useWords } from '../parts/speech.ts';
import { usePortal } from '../parts/portal.ts';
import { useFormat } from '../parts/time.ts';
import { newKey } from '../providers/key.ts';
import type { Attachment } from '../providers/types.ts';
import { uploadFiles } from '../providers/uploads.ts';
import { say } from '#domain/words/index.ts';

export type Upload = {
  readonly key: string; readonly file: File; readonly share: number; readonly saved: Attachment | null; readonly problem: string | null;
  readonly canRetry: boolean;
};

/** Files on their way to an order: one request each, so that one that breaks does not take the others with it. */
export function useUploads(workOrderId: string, { isForMessage }: { isForMessage: boolean }) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const running = useRef(new Map<string, AbortController>());
  const say_ = useRefusalText();
  const limit = useUploadLimit();
  const portal = usePortal();
  const change = useCallback((key: string, part: Partial<Upload>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one))), []);

  const send = useCallback(async ({ key, file }: Upload): Promise<void> => {
    const control = new AbortController();
    running.current.set(key, control);
    change(key, { problem: null, share: 0 });
    try {
      const answer = await uploadFiles(workOrderId, [file], { isForMessage, key, signal: control.signal, onProgress: (share) => change(key, { share }) });
      const refused = answer.refused[0];
      if (refused) change(key, { problem: say_.refused(file.name, refused.code), canRetry: false });
      else change(key, { saved: answer.saved[0] ?? null, share: 1 });
    } catch (error) {
      if (!control.signal.aborted) change(key, { problem: say_.failed(error), canRetry: true });
    } finally {
      running.current.delete(key);
    }
  }, [workOrderId, isForMessage, change, say_]);

  const add = useCallback((files: readonly File[]): void => {
    const fresh = files.map((file): Upload => ({ key: newKey(), file, share: 0, saved: null, problem: limit(file), canRetry: false }));
    setUploads((all) => [...all, ...fresh]);
    for (const one of fresh) if (!one.problem) void send(one);
  }, [send, limit]);

  const drop = useCallback(({ key, saved }: Upload): void => {
    running.current.get(key)?.abort();
    setUploads((all) => all.filter((one) => one.key !== key));
    // It was for this message only; what can't be taken away now stays inside, seen among the order's files.
    if (saved && isForMessage) void portal.removeAttachment(saved.id).catch(() => undefined);
  }, [isForMessage, portal]);
  const forget = useCallback((ids: readonly string[]) => setUploads((all) => all.filter((one) => !one.saved || !ids.includes(one.saved.id))), []);
  useEffect(() => {
    const map = running.current;
    return () => { for (const control of map.values()) control.abort(); };
  }, []);
  return { uploads, add, drop, retry: send, forget, isBusy: uploads.some((one) => !one.saved && !one.problem) };
}

function useRefusalText() {
  const t = useT();
  const words = useWords();
  const errorText = useErrorText();
  const latest = useRef({ refused: (_name: string, _code: string): string => '', failed: (_error: unknown): string => '' });
  latest.current.refused = (name, code) => t('composer.refused', { name, reason: code in words.error ? say(words.error, code as 'file_empty') : code });
  latest.current.failed = errorText;
  return latest.current;
}

function useUploadLimit(): (file: File) => string | null {
  const t = useT();
  const format = useFormat();
  const portal = usePortal();
  const config = useQuery({ queryKey: ['config'], queryFn: () => portal.config(), staleTime: Infinity });
  const bytes = (config.data?.uploadLimitMb ?? 250) * 1024 * 1024;
  return useCallback((file: File) => (file.size > bytes ? t('composer.too_large', { name: file.name, limit: format.size(bytes) }) : null), [bytes, t, format]);
}
