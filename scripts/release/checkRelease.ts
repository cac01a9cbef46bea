import { changesOf } from './version.ts';

/** Stands where the owner of the repository is to be named. */
export const placeHolder = 'REPOSITORY-OWNER';

/** What is looked at before a release. */
export interface ReleaseSources {
  /** `v1.2.3`. */
  tag: string;
  /** In package.json, and in package-lock.json. */
  version: string;
  locked: string;
  changelog: string;
  /** The files in which the place-holder stands. */
  withPlaceHolder: readonly string[];
  /** What `git status` says. */
  changed: string;
}

/** Why this can't be released; empty when it can. */
export function checkRelease({ tag, version, locked, changelog, withPlaceHolder, changed }: ReleaseSources): string[] {
  return [
    ...(tag === `v${version}` ? [] : [`the tag is ${tag === '' ? 'missing' : tag}, and package.json has ${version}`]),
    ...(locked === version ? [] : [`package-lock.json has ${locked}, and package.json ${version}`]),
    ...(changesOf(changelog, version) === '' ? [`CHANGELOG.md has no changes under “## [${version}] - <date>”`] : []),
    ...withPlaceHolder.map((path) => `${path} names no owner of the repository, but ${placeHolder}`),
    ...(changed === '' ? [] : ['something is not committed']),
  ];
}
