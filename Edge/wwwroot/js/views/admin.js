import { el, setText } from '../dom.js';
import { texts } from '../texts.js';
import { fullTime } from '../times.js';
import { ErrorCode } from '../wire.js';
import { choice, form } from './forms.js';

const Day = 86_400_000;

/**
 * The page for admins: counts, the open reports by person, and bans.
 * @param {import('./chat.js').App} app
 * @returns {import('./chat.js').Page}
 */
export function createAdminPage({ api, notices }) {
  const counts = el('dl', { class: 'counts', 'data-testid': 'admin-counts' });
  const people = el('ul', { class: 'group-list' });
  const noReports = el('p', { class: 'hint' }, texts.admin.noReports);
  const more = el('button', { class: 'button', type: 'button', hidden: true, click: () => attempt(() => loadReports(nextPageToken)) }, texts.more);
  const bans = el('ul', { class: 'group-list' });
  const noBans = el('p', { class: 'hint' }, texts.admin.noBans);
  const element = el('section', { class: 'page' },
    el('h1', { tabindex: -1 }, texts.nav.admin),
    counts,
    el('h2', {}, texts.admin.reports), noReports, people, more,
    el('h2', {}, texts.admin.bans), noBans, bans);
  let nextPageToken = '';
  let reports = [];

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
    reports = [...pageToken ? reports : [], ...page.reports ?? []];
    nextPageToken = page.nextPageToken ?? '';
    more.hidden = !nextPageToken;
    const byPerson = Map.groupBy(reports, report => report.reportedId);
    people.replaceChildren(...await Promise.all([...byPerson.values()].map(personRow)));
    noReports.hidden = byPerson.size > 0;
  }

  async function loadBans() {
    const { bans: known = [] } = await api.adminBans();
    bans.replaceChildren(...await Promise.all(known.map(banRow)));
    noBans.hidden = known.length > 0;
  }

  /** The nickname in the room of a report. */
  async function nameIn(reportId) {
    try {
      return (await api.adminReport(reportId)).nickname || texts.deletedAccount;
    } catch (refusal) {
      if (refusal.code !== ErrorCode.NotFound) throw refusal;
      return texts.admin.formerReport;
    }
  }

  async function personRow(about) {
    const name = await nameIn(about[0].reportId);
    const reporters = new Set(about.map(report => report.reporterId)).size;
    const reasons = [...new Set(about.map(({ reason }) => texts.reportReasons[reason] ?? reason))];
    return el('li', { 'data-testid': 'admin-report' },
      el('span', { class: 'room-text' },
        el('span', { class: 'room-name', dir: 'auto' }, name),
        el('span', { class: 'hint' }, `${texts.admin.reportCount(about.length, reporters)}: ${reasons.join(', ')}`),
        el('span', { class: 'hint' }, texts.admin.latest(fullTime(Date.parse(about[0].at))))),
      el('button', {
        class: 'button small', type: 'button', 'aria-label': texts.admin.lookAt(name), 'data-testid': 'admin-look', click: () => attempt(() => look(about)),
      }, texts.admin.look));
  }

  async function banRow({ userId, until, byUserId, reportId }) {
    const name = reportId ? await nameIn(reportId) : texts.admin.formerReport;
    return el('li', { 'data-testid': 'admin-ban' },
      el('span', { class: 'room-text' },
        el('span', { class: 'room-name', dir: 'auto' }, name),
        el('span', { class: 'hint' }, texts.admin.until(fullTime(Date.parse(until)), Boolean(byUserId)))),
      el('button', {
        class: 'button small', type: 'button', 'data-testid': 'admin-unban', 'aria-label': texts.admin.unbanWhom(name),
        click: () => attempt(async () => {
          await api.adminUnban(userId);
          await load();
        }),
      }, texts.admin.unban));
  }

  /** Shows all reports about a person. @param {{ reportId: string }[]} about the newest first */
  async function look(about) {
    const known = await Promise.all(about.map(({ reportId }) => api.adminReport(reportId)));
    const time = choice({ legend: texts.admin.banFor, type: 'radio', choices: texts.admin.banTimes, testId: 'admin-ban-days', required: true });
    const name = known[0].nickname || texts.deletedAccount;
    const cases = el('div', { class: 'cases' }, ...known.map(caseOf));
    const dialog = el('dialog', { class: 'dialog wide', 'aria-labelledby': 'admin-report-title', close: () => dialog.remove() },
      el('h2', { id: 'admin-report-title' }, texts.admin.about(name)),
      cases,
      form({
        class: 'form',
        label: texts.admin.ban,
        fields: [time],
        submit: () => settle(api.adminBan(about[0].reportId, new Date(Date.now() + Number(time.values[0]) * Day))),
      }, time.element,
      el('div', { class: 'dialog-buttons' },
        el('button', { class: 'button', type: 'button', click: () => dialog.close() }, texts.close),
        el('button', { class: 'button danger', type: 'submit', 'data-testid': 'admin-ban-submit' }, texts.admin.ban))));

    function caseOf({ reportId, at, memberId, reason, comment, evidence = [] }) {
      const element = el('section', { class: 'case', tabindex: 0, 'aria-label': texts.reportReasons[reason] ?? reason },
        el('div', { class: 'dialog-title' },
          el('h3', {}, `${texts.reportReasons[reason] ?? reason}, ${fullTime(Date.parse(at))}`),
          el('button', { class: 'button small', type: 'button', 'data-testid': 'admin-dismiss', click: () => attempt(dismiss) }, texts.admin.dismiss)),
        comment && el('p', { dir: 'auto' }, comment),
        el('ol', { class: 'evidence', 'data-testid': 'admin-evidence' }, ...evidence.map(line => el('li', { class: line.memberId === memberId ? 'reported' : '' },
          el('strong', { dir: 'auto' }, line.nickname || texts.deletedAccount), ' ',
          el('span', { dir: 'auto' }, line.removed ? texts.removed : line.text ?? ''), ' ',
          line.editedAt && el('span', { class: 'hint' }, texts.edited)))));

      async function dismiss() {
        await api.adminDismiss(reportId);
        if (cases.childElementCount === 1) return settle();
        setText(element, texts.admin.dismissed);
        await load();
      }

      return element;
    }

    async function settle(asked) {
      await asked;
      dialog.close();
      await load();
    }

    document.body.append(dialog);
    dialog.showModal();
  }

  return { element, title: texts.nav.admin, enter: () => void load() };
}
