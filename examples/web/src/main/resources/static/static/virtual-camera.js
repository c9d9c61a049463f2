// Lets a machine without a camera choose a simulated person at the foot of the page. Only a development server
// has such people: elsewhere the list is not there, and the page stays as it is.
const KEY = 'facelock-example-camera';
const footer = document.querySelector('footer.bottom');
const chosen = localStorage.getItem(KEY) ?? '';

if (chosen) {
  const meta = document.createElement('meta');
  meta.name = 'facelock-virtual-camera';
  meta.content = `/virtual-camera/${encodeURIComponent(chosen)}/clips.json`;
  document.head.append(meta);
}

if (footer) {
  const answer = await fetch('/virtual-camera');
  if (answer.ok) {
    const name = (id) => id.charAt(0).toUpperCase() + id.slice(1);
    const select = document.createElement('select');
    select.append(new Option(footer.dataset.own, ''));
    for (const choice of await answer.json()) {
      select.append(new Option(`${name(choice.person)} (${footer.dataset[choice.shown]})`, choice.id));
    }
    select.value = chosen;
    select.addEventListener('change', () => {
      if (select.value) {
        localStorage.setItem(KEY, select.value);
      } else {
        localStorage.removeItem(KEY);
      }
      location.reload();
    });
    const label = document.createElement('label');
    label.append(footer.dataset.label, ' ', select);
    footer.append(label);
  } else if (chosen) {
    localStorage.removeItem(KEY);
  }
}
