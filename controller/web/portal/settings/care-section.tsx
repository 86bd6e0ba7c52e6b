/** What is done by the command, beside the pages: keeping copies, and watching. */
export function CareSection() {
  return (
    <section className="section" aria-labelledby="care-title">
      <h2 id="care-title">Care</h2>
      <div className="settings-card card">
        <div>
          <h3>Backup</h3>
          <p className="section-lead">
            One file with everything that is state: people, rooms, templates, sessions, keys; with{' '}
            <code>--homes</code> everybody’s files, too. Keep it on another machine.
          </p>
        </div>
        <code className="command">homeroom backup school.tar.gz --encrypt</code>
        <div>
          <h3>Look whether all is well</h3>
          <p className="section-lead">Checks the installation, and says what to mend.</p>
        </div>
        <code className="command">homeroom doctor</code>
        <div>
          <h3>Metrics</h3>
          <p className="section-lead">
            Prometheus reads <a href="/metrics">/metrics</a> with an admin’s token; a Grafana board lies in{' '}
            <code>k3s/grafana</code>.
          </p>
        </div>
        <code className="command">homeroom tokens create prometheus --scope metrics:read</code>
      </div>
    </section>
  );
}
