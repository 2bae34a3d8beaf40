// Errors of Node.js: a plain one, a chain of causes, an aggregate, an async one, then an uncaught one.
class OrderError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'OrderError';
    this.at = 'home';
  }
}
const fail = (id) => { throw new OrderError(`order ${id} failed`); };
const later = async (id) => { await null; fail(id); };
const attempt = (f) => { try { f(); } catch (e) { console.error(e); } };

attempt(() => [1].map(fail));
attempt(() => { try { fail(2); } catch (e) { throw new Error('outer', { cause: e }); } });
attempt(() => { throw new AggregateError([new Error('one'), new TypeError('two')], 'several'); });
attempt(() => JSON.parse('{"a": }'));
attempt(() => { throw new Error('Caused by: java.lang.Exception: not Java\n\tat com.acme'); });
later(3).catch((e) => console.error(e.stack)).then(() => { new Function('x', 'return x.y.z')(null); });
