import { HttpTextError, readHttpText } from "../../src/waf/http-text";

it("a request in plain text is read as it would be sent", () => {
  const text =
    'POST /api/v1/reviews?a=1&b=?? HTTP/1.1\r\nHost: api.example.com\r\nX-Empty:\r\nX-Twice: 1\r\nx-twice: 2\r\n\r\n{"a":1}\r\n';

  expect(readHttpText(text)).toEqual({
    method: "POST",
    path: "/api/v1/reviews",
    query: "a=1&b=??",
    headers: [
      ["Host", "api.example.com"],
      ["X-Empty", ""],
      ["X-Twice", "1"],
      ["x-twice", "2"],
    ],
    body: { bytes: 7, content: '{"a":1}' },
  });
});

it.each([
  ["GET /health", "/health", ""],
  ["GET https://api.example.com/health?x HTTP/2", "/health", "x"],
  ["GET https://api.example.com HTTP/1.1", "/", ""],
  ["GET /a%20b//c/../d HTTP/1.1\n", "/a%20b//c/../d", ""],
])("%j asks for %s", (text, path, query) => {
  expect(readHttpText(text)).toMatchObject({ path, query, headers: [], body: { bytes: 0 } });
});

it.each([
  ["5", "\n\nab", "\n\nab\n".slice(0, 5)],
  ["2", "abc", "ab"],
  ["0", "", ""],
])("Content-Length %s says how long the body is", (length, body, content) => {
  expect(readHttpText(`POST / HTTP/1.1\nContent-Length: ${length}\n\n${body}\n`).body).toEqual({
    bytes: content.length,
    content,
  });
});

it.each([
  ["", 1, "a request line such as GET /health HTTP/1.1 is wanted"],
  ["\nGET / HTTP/1.1\n", 1, "a request line"],
  ["this is no request", 1, '"this is no request" is no request line'],
  ['{"method":"GET"}', 1, "is no request line"],
  ["GET health HTTP/1.1", 1, 'the target "health" begins neither with / nor with https://'],
  ["GET /a#b HTTP/1.1", 1, "fragment"],
  ["GET / HTTP/1.1\nHost: a\nno header\n\n", 3, '"no header" is no header such as User-Agent: curl/8'],
  ["GET / HTTP/1.1\n Host: a\n\n", 2, "is no header"],
  ["POST / HTTP/1.1\nContent-Length: 9\n\nabc", 4, "the body has 3 bytes but Content-Length says 9"],
  ["POST / HTTP/1.1\nContent-Length: 3\nContent-Length: 4\n\nabcd", 5, "Content-Length 3, 4 is not one number"],
])("%j is refused with its line", (text, line, message) => {
  const reading = () => readHttpText(text);

  expect(reading).toThrow(HttpTextError);
  expect(reading).toThrow(`line ${line}: `);
  expect(reading).toThrow(message);
});
