// Adds comfort to pages that work without it: files go up at once in resumable pieces, a draft is kept, a message typed
// offline waits and is sent once. It never accepts, declines or reports done: only a person's press does that.
(() => {
  'use strict';
  document.documentElement.classList.add('js');

  const PAUSES_MS = [1000, 2000, 5000, 10000, 20000, 30000];
  const RETRIED = (status) => status === 0 || status === 408 || status === 429 || status >= 500;
  const fill = (sentence, data) => sentence.replace(/\{(\w+)\}/g, (_, key) => data[key]);
  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

  /** Resolves after the pause, or as soon as the browser is online again. */
  const pause = (ms) => new Promise((resolve) => {
    const go = () => { clearTimeout(timer); removeEventListener('online', go); resolve(); };
    const timer = setTimeout(go, ms);
    addEventListener('online', go);
  });

  /** One request; status 0 when the connection broke. */
  const request = (method, url, body, type, onProgress) => new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    xhr.setRequestHeader('Accept', 'application/json');
    if (type) xhr.setRequestHeader('Content-Type', type);
    if (onProgress) xhr.upload.onprogress = (event) => onProgress(event.loaded);
    const end = () => {
      let data = {};
      try { data = JSON.parse(xhr.responseText || '{}'); } catch { /* a proxy's page: the status says enough */ }
      resolve({ status: xhr.status, data });
    };
    xhr.onload = end;
    xhr.onerror = end;
    xhr.ontimeout = end;
    xhr.timeout = 120000;
    xhr.send(body);
  });

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  /** The files of one form: a line each, uploaded one after the other. */
  class Uploads {
    constructor(form) {
      this.form = form;
      this.words = form.dataset;
      this.list = form.querySelector('.uploads');
      this.live = form.querySelector('[data-live]');
      this.items = [];
      this.running = false;
      for (const input of form.querySelectorAll('input[type=file]')) {
        input.addEventListener('change', () => {
          for (const file of input.files) this.add(file);
          input.value = '';
        });
      }
      addEventListener('beforeunload', (event) => { if (this.isBusy) event.preventDefault(); });
    }

    get isBusy() { return this.items.some((item) => item.state === 'waiting' || item.state === 'going'); }

    say(text) { this.live.textContent = text; }

    add(file) {
      const item = { file, state: 'waiting', sent: 0, told: -1, line: element('li') };
      this.items.push(item);
      this.list.hidden = false;
      this.list.append(item.line);
      if (file.size > Number(this.words.limit)) this.refuse(item, this.words.wLarge);
      else if (file.size === 0) this.refuse(item, this.words.wEmpty);
      else { this.draw(item); void this.run(); }
    }

    async run() {
      if (this.running) return;
      this.running = true;
      for (let item; (item = this.items.find((one) => one.state === 'waiting'));) {
        item.state = 'going';
        await this.upload(item);
      }
      this.running = false;
      this.form.dispatchEvent(new Event('uploaded'));
    }

    async upload(item) {
      for (let failures = 0; item.state === 'going';) {
        const before = item.sent;
        const { status } = await this.advance(item);
        if (item.attachmentId) { item.state = 'done'; this.draw(item); this.tell(item, 100); return; }
        if (status >= 200 && status < 300) { failures = 0; this.lost(item, false); continue; }
        if (status === 404 || status === 409 || status === 410) {
          if (item.restarted) return this.refuse(item, this.words.wFailed, true);
          item.restarted = true; item.url = null; item.sent = 0;
          continue;
        }
        if (status === 413) return this.refuse(item, this.words.wLarge);
        if (status === 415) return this.refuse(item, this.words.wType);
        if (!RETRIED(status)) return this.refuse(item, this.words.wFailed, true);
        failures = item.sent > before ? 0 : failures + 1;
        this.lost(item, true);
        await pause(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]);
        if (item.url) await this.ask(item);
      }
    }

    /** Begins the upload, or sends its next piece. */
    async advance(item) {
      if (!item.url) {
        const body = JSON.stringify({ name: item.file.name, size: item.file.size });
        const begun = await request('POST', this.words.pieces, body, 'application/json');
        if (begun.data.uploadId) {
          item.url = `${this.words.pieces}/${encodeURIComponent(begun.data.uploadId)}`;
          item.chunkSize = begun.data.chunkSize;
        }
        return begun;
      }
      const start = item.sent;
      const piece = item.file.slice(start, start + item.chunkSize);
      const answer = await request('PUT', `${item.url}?offset=${start}`, piece, 'application/octet-stream', (loaded) => {
        this.progress(item, Math.min(start + loaded, item.file.size));
      });
      this.take(item, answer);
      return answer;
    }

    /** After a break: how much has arrived. */
    async ask(item) { this.take(item, await request('GET', item.url)); }

    take(item, { status, data }) {
      if (status < 200 || status >= 300) return;
      if (typeof data.received === 'number') { item.sent = data.received; this.progress(item, data.received); }
      if (data.attachmentId) item.attachmentId = data.attachmentId;
    }

    percent(item, bytes) { return Math.floor((bytes / item.file.size) * 100); }

    progress(item, bytes) {
      const percent = this.percent(item, bytes);
      item.label.textContent = fill(this.words.wProgress, { name: item.file.name, percent });
      item.bar.value = percent;
      if (percent < 100) this.tell(item, percent < 50 ? 0 : 50);
    }

    tell(item, step) {
      if (step <= item.told) return;
      item.told = step;
      this.say(fill(this.words.wProgress, { name: item.file.name, percent: step }));
    }

    draw(item) {
      const isDone = item.state === 'done';
      const text = fill(this.words.wProgress, { name: item.file.name, percent: isDone ? 100 : this.percent(item, item.sent) });
      item.label = element('p', isDone ? 'line ok' : '', isDone ? `✓ ${text}` : text);
      item.line.replaceChildren(item.label);
      if (!isDone) {
        item.bar = element('progress');
        item.bar.max = 100;
        item.bar.value = this.percent(item, item.sent);
        item.bar.setAttribute('aria-label', item.file.name);
        item.line.append(item.bar);
      }
      item.trouble = null;
      if (isDone) item.line.append(this.button(this.words.wRemove, item, () => this.drop(item)));
    }

    lost(item, isLost) {
      if (Boolean(item.trouble) === isLost) return;
      if (!isLost) { item.trouble.remove(); item.trouble = null; return; }
      item.trouble = element('div');
      item.trouble.append(element('p', 'line warn', this.words.wLost));
      item.trouble.append(this.button(this.words.wAgain, null, () => dispatchEvent(new Event('online'))));
      item.line.append(item.trouble);
      this.say(this.words.wLost);
    }

    refuse(item, sentence, mayRetry) {
      item.state = 'refused';
      const text = fill(sentence, { name: item.file.name });
      item.line.replaceChildren(element('p', 'line bad', text));
      if (mayRetry) {
        item.line.append(this.button(this.words.wAgain, null, () => {
          Object.assign(item, { state: 'waiting', url: null, sent: 0, restarted: false });
          this.draw(item);
          void this.run();
        }));
      }
      this.say(text);
    }

    button(text, item, onPress) {
      const made = element('button', 'btn', text);
      made.type = 'button';
      if (item) made.setAttribute('aria-label', fill(this.words.wRemovenamed, { name: item.file.name }));
      made.addEventListener('click', onPress);
      return made;
    }

    drop(item) {
      this.items = this.items.filter((one) => one !== item);
      item.line.remove();
      this.list.hidden = this.list.children.length === 0;
    }

    /** The ids of all that has arrived, as fields of the form. */
    writeIds() {
      for (const old of this.form.querySelectorAll('input[name=attachmentIds]')) old.remove();
      for (const { attachmentId } of this.items.filter((item) => item.state === 'done')) {
        const field = element('input');
        Object.assign(field, { type: 'hidden', name: 'attachmentIds', value: attachmentId });
        this.form.append(field);
      }
    }
  }

  const store = (mode, work) => new Promise((resolve, reject) => {
    const opening = indexedDB.open('gewerk', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('unsent', { keyPath: 'key' });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('unsent', mode);
      const asked = work(transaction.objectStore('unsent'));
      transaction.oncomplete = () => { opening.result.close(); resolve(asked.result); };
      transaction.onerror = () => reject(transaction.error);
    };
  });

  /** A message form: keeps its draft, sends by fetch, and keeps what could not be sent. */
  class Message {
    constructor(form, uploads) {
      this.form = form;
      this.uploads = uploads;
      this.text = form.querySelector('textarea');
      this.draftName = `gewerk-draft:${location.pathname}`;
      form.addEventListener('submit', (event) => { event.preventDefault(); void this.submit(); });
      form.addEventListener('uploaded', () => { if (this.isWaiting) void this.submit(); });
      if (this.text) this.keepDraft();
      addEventListener('online', () => void this.flush());
      void this.flush();
    }

    keepDraft() {
      try {
        if (document.querySelector('[data-sent]')) localStorage.removeItem(this.draftName);
        else if (!this.text.value) this.text.value = localStorage.getItem(this.draftName) || '';
        this.text.addEventListener('input', () => localStorage.setItem(this.draftName, this.text.value));
      } catch { /* storage switched off: no draft */ }
    }

    forgetDraft() { try { localStorage.removeItem(this.draftName); } catch { /* as above */ } }

    async submit() {
      if (this.isSending) return;
      this.isWaiting = Boolean(this.uploads && this.uploads.isBusy);
      if (this.isWaiting) { this.note(this.form.dataset.wWait); return; }
      if (this.uploads) this.uploads.writeIds();
      this.isSending = true;
      const fields = [...new FormData(this.form)].filter(([, value]) => typeof value === 'string');
      const answer = await this.post({ action: this.form.action, fields, isMultipart: this.form.enctype.startsWith('multipart') });
      this.isSending = false;
      if (!answer) await this.keep(fields);
      else if (answer.ok && answer.redirected) { this.forgetDraft(); location.assign(answer.url); }
      else this.form.submit();
    }

    /** The answer, or null when there was no connection. */
    async post({ action, fields, isMultipart }) {
      const body = isMultipart ? new FormData() : new URLSearchParams();
      for (const [name, value] of fields) body.append(name, value);
      try { return await fetch(action, { method: 'POST', body, credentials: 'omit' }); } catch { return null; }
    }

    async keep(fields) {
      const key = this.form.elements.idempotencyKey.value;
      const isMultipart = this.form.enctype.startsWith('multipart');
      try { await store('readwrite', (unsent) => unsent.put({ key, path: location.pathname, action: this.form.action, fields, isMultipart })); }
      catch { this.form.submit(); return; }
      this.note(this.form.dataset.wUnsent, this.text ? this.text.value : '');
      this.form.elements.idempotencyKey.value = newKey();
      if (this.text) this.text.value = '';
      if (this.uploads) { this.uploads.items = []; this.uploads.list.replaceChildren(); this.uploads.list.hidden = true; }
      this.forgetDraft();
    }

    note(text, quoted) {
      if (!this.noteBox) {
        this.noteBox = element('div', 'box warn');
        this.noteBox.setAttribute('role', 'status');
        this.form.before(this.noteBox);
      }
      const inner = element('div');
      if (quoted) inner.append(element('p', 'text', quoted));
      inner.append(element('p', 'small', text));
      this.noteBox.replaceChildren(inner);
    }

    /** Sends what waits for this page; each carries its own key, so twice sent is once said. */
    async flush() {
      if (this.isFlushing || !navigator.onLine) return;
      this.isFlushing = true;
      try {
        const all = await store('readonly', (unsent) => unsent.getAll());
        let hasSent = false;
        for (const one of all.filter((entry) => entry.path === location.pathname)) {
          const answer = await this.post(one);
          if (!answer || RETRIED(answer.status)) { this.note(this.form.dataset.wUnsent, new Map(one.fields).get('text')); break; }
          await store('readwrite', (unsent) => unsent.delete(one.key));
          hasSent = true;
        }
        if (hasSent && !(this.text && this.text.value)) location.reload();
      } catch { /* no store in this browser */ }
      this.isFlushing = false;
    }
  }

  for (const form of document.querySelectorAll('form[data-pieces], form[data-message]')) {
    const uploads = form.dataset.pieces ? new Uploads(form) : null;
    if ('message' in form.dataset) new Message(form, uploads);
    else {
      form.addEventListener('submit', (event) => {
        if (uploads.isBusy) { event.preventDefault(); uploads.say(form.dataset.wPress); document.querySelector('.press').textContent = form.dataset.wPress; }
        else uploads.writeIds();
      });
    }
  }
})();
