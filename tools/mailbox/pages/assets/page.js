// Sends the forms and buttons of the page to the control API as JSON, and keeps its [data-live] parts up to date.
const notice = document.getElementById('notice');
const texts = document.body.dataset;

function show(text, isBad, link) {
  notice.hidden = false;
  notice.className = isBad ? 'is-bad' : '';
  notice.textContent = text + ' ';
  if (!link) return;
  const anchor = document.createElement('a');
  anchor.href = link;
  anchor.textContent = texts.open;
  notice.append(anchor);
}

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || answer.Message || String(response.status));
  return answer;
}

async function act(path, body, button) {
  if (button) button.disabled = true;
  try {
    const answer = await post(path, body);
    show(texts.done, false, answer.direction === 'in' ? '/mails/' + answer.id : null);
    await refresh();
    return true;
  } catch (error) {
    show(texts.failed + ' ' + error.message, true);
    return false;
  } finally {
    if (button) button.disabled = false;
  }
}

function toBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result.split(',')[1] || '' : '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

async function bodyOf(form) {
  const body = {};
  const attachments = [];
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.type === 'file') {
      for (const file of field.files) {
        attachments.push({ name: file.name, contentType: file.type || 'application/octet-stream', content: await toBase64(file) });
      }
    } else if (field.name === 'largeFile') {
      if (field.checked) attachments.push({ name: 'video.mp4', contentType: 'video/mp4', size: Number(field.value) * 1024 * 1024 });
    } else if (field.name === 'position') {
      if (field.checked) body.position = field.value;
    } else if (field.type === 'checkbox') body[field.name] = field.checked;
    else if (field.value !== '' || !('optional' in field.dataset)) body[field.name] = field.value;
  }
  if (attachments.length > 0) body.attachments = attachments;
  return body;
}

async function send(form, button) {
  const isDone = await act(form.dataset.action, await bodyOf(form), button);
  if (!isDone) return;
  for (const field of form.querySelectorAll('textarea[name=text], input[type=file]')) field.value = '';
  for (const field of form.querySelectorAll('[name=largeFile]')) field.checked = false;
}

async function press(button) {
  if (button.dataset.word) {
    const body = await bodyOf(button.form);
    await act(button.form.dataset.action, { ...body, text: button.dataset.word, language: button.dataset.language }, button);
  } else if (button.dataset.post) {
    const recipient = button.closest('section')?.querySelector('[data-recipient]')?.value;
    await act(button.dataset.post, { ...JSON.parse(button.dataset.body || '{}'), ...(recipient ? { recipient } : {}) }, button);
  }
}

document.addEventListener('submit', (event) => {
  if (!event.target.dataset.action) return;
  event.preventDefault();
  void send(event.target, event.submitter);
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button) void press(button);
});

let isRefreshing = false;
let isStale = false;

async function refresh() {
  if (isRefreshing) {
    isStale = true;
    return;
  }
  isRefreshing = true;
  try {
    const response = await fetch(location.href);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = page.getElementById(part.id);
      if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
    }
  } finally {
    isRefreshing = false;
    if (isStale) {
      isStale = false;
      await refresh();
    }
  }
}

if (document.querySelector('[data-live]')) {
  const changes = new EventSource('/control/changes');
  changes.onmessage = () => void refresh();
  addEventListener('pagehide', () => changes.close());
}
