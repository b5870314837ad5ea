import { el } from '../dom.js';
import { texts } from '../texts.js';
import { fullTime } from '../times.js';
import { choice, form } from './forms.js';

const Day = 86_400_000;

/**
 * The page for admins: counts, reports and bans.
 * @param {import('./chat.js').App} app
 * @returns {import('./chat.js').Page}
 */
export function createAdminPage({ api, notices }) {
  const counts = el('dl', { class: 'counts', 'data-testid': 'admin-counts' });
  const reports = el('ul', { class: 'group-list' });
  const noReports = el('p', { class: 'hint' }, texts.admin.noReports);
  const more = el('button', { class: 'button', type: 'button', hidden: true, click: () => attempt(() => loadReports(nextPageToken)) }, texts.more);
  const bans = el('ul', { class: 'group-list' });
  const noBans = el('p', { class: 'hint' }, texts.admin.noBans);
  const element = el('section', { class: 'page' },
    el('h1', { tabindex: -1 }, texts.admin.title),
    counts,
    el('h2', {}, texts.admin.reports), noReports, reports, more,
    el('h2', {}, texts.admin.bans), noBans, bans);
  let nextPageToken = '';

  async function attempt(act) {
    try {
      await act();
    } catch (refusal) {
      notices.refused(refusal);
    }
  }

  const load = () => attempt(() => Promise.all([loadCounts(), loadReports(), loadBans()]));

  async function loadCounts() {
    const known = await api.adminCounts();
    counts.replaceChildren(...Object.entries(texts.admin.counts).map(([name, label]) =>
      el('div', {}, el('dt', {}, label), el('dd', {}, String(known[name] ?? 0)))));
  }

  async function loadReports(pageToken = '') {
    const page = await api.adminReports(pageToken);
    const rows = (page.reports ?? []).map(reportRow);
    if (pageToken) reports.append(...rows);
    else reports.replaceChildren(...rows);
    nextPageToken = page.nextPageToken ?? '';
    more.hidden = !nextPageToken;
    noReports.hidden = reports.children.length > 0;
  }

  async function loadBans() {
    const { bans: known = [] } = await api.adminBans();
    bans.replaceChildren(...known.map(banRow));
    noBans.hidden = known.length > 0;
  }

  function reportRow({ reportId, at, reason }) {
    return el('li', { 'data-testid': 'admin-report' },
      el('span', { class: 'room-text' },
        el('span', { class: 'room-name' }, texts.reportReasons[reason] ?? reason),
        el('span', { class: 'hint' }, fullTime(Date.parse(at)))),
      el('button', { class: 'button small', type: 'button', 'data-testid': 'admin-look', click: () => attempt(() => look(reportId)) }, texts.admin.look));
  }

  function banRow({ userId, until, byUserId }) {
    return el('li', { 'data-testid': 'admin-ban' },
      el('span', { class: 'room-text' },
        el('span', { class: 'room-name' }, userId),
        el('span', { class: 'hint' }, texts.admin.until(fullTime(Date.parse(until)), Boolean(byUserId)))),
      el('button', {
        class: 'button small', type: 'button', 'data-testid': 'admin-unban', 'aria-label': texts.admin.unbanWhom(userId),
        click: () => attempt(async () => {
          await api.adminUnban(userId);
          await load();
        }),
      }, texts.admin.unban));
  }

  async function look(reportId) {
    const { memberId, nickname, reason, comment, evidence = [] } = await api.adminReport(reportId);
    const time = choice({ legend: texts.admin.banFor, type: 'radio', choices: texts.admin.banTimes, testId: 'admin-ban-days', required: true });
    const dialog = el('dialog', { class: 'dialog people', 'aria-labelledby': 'admin-report-title', close: () => dialog.remove() },
      el('h2', { id: 'admin-report-title' }, `${nickname || texts.somebody}: ${texts.reportReasons[reason] ?? reason}`),
      comment && el('p', { dir: 'auto' }, comment),
      el('ol', { class: 'evidence', 'data-testid': 'admin-evidence' }, ...evidence.map(line => el('li', { class: line.memberId === memberId ? 'reported' : '' },
        el('strong', { dir: 'auto' }, line.nickname || texts.somebody), ' ',
        el('span', { dir: 'auto' }, line.removed ? texts.removed : line.text ?? ''), ' ',
        line.editedAt && el('span', { class: 'hint' }, texts.edited)))),
      form({
        class: 'form',
        label: texts.admin.ban,
        submit: () => settle(api.adminBan(reportId, new Date(Date.now() + Number(time.values[0]) * Day))),
      }, time.element,
      el('div', { class: 'dialog-buttons' },
        el('button', { class: 'button', type: 'button', click: () => dialog.close() }, texts.close),
        el('button', {
          class: 'button', type: 'button', 'data-testid': 'admin-dismiss', click: () => attempt(() => settle(api.adminDismiss(reportId))),
        }, texts.admin.dismiss),
        el('button', { class: 'button danger', type: 'submit', 'data-testid': 'admin-ban-submit' }, texts.admin.ban))));

    async function settle(asked) {
      await asked;
      dialog.close();
      await load();
    }

    document.body.append(dialog);
    dialog.showModal();
  }

  return { element, enter: () => void load() };
}
