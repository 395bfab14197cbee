/** What a person would see wrong with a screen at first sight, and pictures of it in the sizes that wards have. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../scripts/setup/paths.ts';
import { expect, type Program } from './program.ts';

const PICTURES = join(ROOT, 'reports', 'screens');
const SIZES = [
  [1366, 768],
  [1920, 1080],
] as const;

/** Pictures of the screen in both sizes, each looked over: what is wrong fails the journey. */
export async function lookAt({ electron, page }: Program, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  for (const [width, height] of SIZES) {
    // Asked again where the main process has collected the evaluation before it was answered.
    await expect(async () => {
      await electron.evaluate(
        ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
        [width, height] as const,
      );
    }).toPass({ timeout: 10_000 });
    // A display without a window manager may take a pixel of it.
    await expect.poll(async () => Math.abs(width - (await page.evaluate(() => innerWidth)))).toBeLessThan(4);
    await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`) });
    const faults = await faultsOf(page);
    expect.soft(faults, `${name} at ${width} × ${height}`).toEqual([]);
  }
}

/** In Hindi, too; English again afterwards. */
export async function lookAtBoth(program: Program, name: string): Promise<void> {
  const { page } = program;
  await lookAt(program, name);
  await page.getByRole('button', { name: 'Language' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'hi');
  await lookAt(program, `${name}-hi`);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
}

/** The smallest side of what is pressed, in CSS pixels. */
const LEAST_TARGET = 44;

/**
 * Targets that are too small, controls without a name, words that are cut off, and a page wider than its window.
 * Each is named by what stands in it.
 */
export function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const seen = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
    const called = (element: Element): string => {
      const labelled = (element.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' ')
        .trim();
      const labels =
        element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement
          ? [...(element.labels ?? [])].map((label) => label.textContent ?? '').join(' ')
          : '';
      return (
        element.getAttribute('aria-label') ??
        (labelled || labels || (element.textContent ?? ''))
      ).trim();
    };
    const found: string[] = [];
    for (const control of document.querySelectorAll('button, a[href], input, select, textarea')) {
      if (!seen(control)) continue;
      const name = called(control);
      if (name === '') found.push(`no name: ${control.outerHTML.slice(0, 120)}`);
      // A box that is ticked is pressed by its label; the button of a row or a tile covers it.
      const target = control.matches('.table-open, .tile-open')
        ? (control.closest('tr, article') ?? control)
        : control.matches('[type=checkbox]')
          ? (control.closest('label') ?? control)
          : control.matches('.search input, [type=search]')
            ? (control.parentElement ?? control)
            : control;
      const { width, height } = target.getBoundingClientRect();
      if (Math.min(width, height) < least - 0.5)
        found.push(`small: ${name.slice(0, 60)} ${Math.round(width)}×${Math.round(height)}`);
    }
    for (const element of document.querySelectorAll('body *')) {
      if (
        !(element instanceof HTMLElement) ||
        !seen(element) ||
        element.matches('input, select, textarea, .only-heard')
      )
        continue;
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      const hidden = (way: string): boolean => way === 'hidden' || way === 'clip';
      const own = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      );
      // What is only heard is a box of a pixel.
      if (!own || element.clientWidth <= 2) continue;
      // A line that says by its ellipsis that there is more, in the button that opens the whole of it.
      if (textOverflow === 'ellipsis' && element.closest('button') !== null) continue;
      if (
        (hidden(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (hidden(overflowY) && element.scrollHeight > element.clientHeight + 2)
      )
        found.push(`cut off: ${(element.textContent ?? '').trim().slice(0, 80)}`);
    }
    const main = document.querySelector('main');
    for (const element of [document.documentElement, main])
      if (element !== null && element.scrollWidth > element.clientWidth + 1)
        found.push(
          `wider than its window: ${element.tagName} ${element.scrollWidth} > ${element.clientWidth}`,
        );
    if (document.documentElement.scrollHeight > document.documentElement.clientHeight + 1)
      found.push('the page itself scrolls: the top bar can leave the window');
    return found;
  }, LEAST_TARGET);
}
