import { Component, type ReactNode } from 'react';
import { Empty } from './empty.tsx';
import { Page } from './page.tsx';

/** Shown in place of a page that could not be loaded, as after an update of the controller. */
export class PageFault extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override readonly state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <Page title="This page could not be shown">
        <Empty title="Homeroom may have been updated" icon="restart">
          <button type="button" className="button primary" onClick={() => window.location.reload()}>
            Load it anew
          </button>
        </Empty>
      </Page>
    );
  }
}
