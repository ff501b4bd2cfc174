/** Readable in light and dark, on a phone and on paper. */
export const styles = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
nav a { margin-right: 1rem; }
section { border-top: 1px solid #8886; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th { white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8883; overflow-wrap: anywhere; }
summary { cursor: pointer; }
small { opacity: .7; }
.kept::before { content: "✓ "; color: #2a8a3e; }
.broken::before { content: "✗ "; color: #c22; }
svg { max-width: 100%; height: auto; }
svg rect { fill: #3b6ea51a; stroke: #3b6ea5; }
svg text { font: 13px system-ui, sans-serif; fill: currentColor; text-anchor: middle; }
svg path { stroke: #888; fill: none; }
@media print { details > * { display: block; } }
`;
