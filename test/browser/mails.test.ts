import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { type Browser, chromium } from 'playwright-core';
import { MAIL_KINDS } from '../../src/domain/mail/mail-kinds.ts';
import { loadTemplates } from '../../src/pipeline/configuration/load-templates.ts';
import { compileMails } from '../../src/render/mail/mail-templates.ts';
import { SAMPLES } from '../render/mail/sample-mails.ts';
import { hasRequirement } from '../support/requirement.ts';

const FILES = loadTemplates(fileURLToPath(new URL('../../templates', import.meta.url)));
const COMPANY = { name: 'Causeway Präzision & Co', signature: ['Hafenstraße 12, 88662 Überlingen'] };

const PROGRAM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** As `measure` finds a mail when it is shown. */
type Shown = { readonly width: number; readonly dim: readonly string[]; readonly small: readonly string[] };

if (hasRequirement('the program chromium', PROGRAM !== undefined)) {
  let browser: Browser;
  test.before(async () => {
    browser = await chromium.launch({ executablePath: PROGRAM!, args: ['--no-sandbox'] });
  });
  test.after.always(() => browser?.close());

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every mail can be read on a telephone, ${colorScheme}`, async (t) => {
      const context = await browser.newContext({ viewport: { width: 375, height: 700 }, colorScheme });
      const page = await context.newPage();
      for (const locale of ['en', 'de']) {
        const { writers } = compileMails(FILES, locale);
        for (const kind of MAIL_KINDS) {
          const write = writers[kind] as (
            model: unknown,
            company: typeof COMPANY,
          ) => { readonly html: string };
          await page.setContent(write(SAMPLES[kind], COMPANY).html);
          const shown = (await page.evaluate(MEASURE)) as Shown;
          const name = `${kind}.${locale}`;
          t.true(shown.width <= 375, `${name} is ${shown.width} pixels wide`);
          t.deepEqual(shown.dim, [], `${name}: contrast below 4.5, WCAG 2.1 1.4.3`);
          t.deepEqual(shown.small, [], `${name}: smaller than 13 pixels`);
        }
      }
      await context.close();
    });
  }
}

/** Runs in the page: its width, and the texts that are too dim or too small. */
const MEASURE = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (color) => {
    const [r, g, b] = channels(color).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if ((channels(color)[3] ?? 1) > 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const texts = [...document.body.querySelectorAll('*')].filter((element) =>
    element.checkVisibility() && element.offsetHeight > 0 &&
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''));
  const contrast = (element) => {
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  return {
    width: document.documentElement.scrollWidth,
    dim: texts.filter((element) => contrast(element) < 4.5).map((element) => element.textContent),
    small: texts.filter((element) => parseFloat(getComputedStyle(element).fontSize) < 13).map((element) => element.textContent),
  };
})()`;
