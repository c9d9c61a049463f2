// What all pages share: who administers, the heading, and a place for faults.
import { get } from './api.js';
import { h, show, badge } from './dom.js';

export const content = document.getElementById('content');

document.querySelector('.rail [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });

/** Begins a page; `build` gets the actor and gives the nodes below the heading. */
export async function page(title, lead, build) {
  try {
    const actor = await get('/actor');
    actor.isAdmin = actor.roles.includes('ADMIN');
    show(document.getElementById('me'), h('span', {}, actor.id), ' ', actor.roles.filter((role) => role !== 'USER').map((role) => badge(role)));
    const heading = h('h1', {}, title);
    show(content, h('div', { class: 'page-top' }, h('div', {}, heading, lead && h('p', { class: 'lead' }, lead)), h('div', { class: 'acts', id: 'acts' })));
    content.append(...[await build(actor)].flat(Infinity).filter(Boolean));
    content.dataset.ready = 'true';
  } catch (fault) {
    show(content, h('h1', {}, title), h('p', { class: 'error', role: 'alert' }, fault.message));
    content.dataset.ready = 'failed';
  }
}

export const acts = (...buttons) => document.getElementById('acts').append(...buttons.filter(Boolean));
