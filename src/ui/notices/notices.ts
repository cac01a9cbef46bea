// The door to the bundle of what the user is told or asked once about the workspaces of a window.

import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { NoticesDeps } from './api.ts';
import { askAboutFolders } from './askAboutFolders.ts';
import { noticeRules } from './noticeRules.ts';

/** Looks after the workspaces of this window until it is disposed. */
export function createNotices(deps: NoticesDeps): Disposable {
  const store = new DisposableStore();
  store.add(noticeRules(deps));
  store.add(askAboutFolders(deps));
  return store;
}
