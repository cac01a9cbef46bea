// The entry of the bundle with one-time notices about a window's workspaces.

import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { NoticesDeps } from './api.ts';
import { askAboutFolders } from './askAboutFolders.ts';
import { noticeRules } from './noticeRules.ts';

/** Shows notices about the workspaces of this window until disposed. */
export function createNotices(deps: NoticesDeps): Disposable {
  const store = new DisposableStore();
  store.add(noticeRules(deps));
  store.add(askAboutFolders(deps));
  return store;
}
