using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>A real Chromium without a window, spoken to by its DevTools protocol over loopback.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly TempFolder _profile;
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private int _id;
    private string? _page;

    private Browser(Process process, TempFolder profile) => (_process, _profile) = (process, profile);

    /// <summary>What the page wrote to the console, and what the browser complained of.</summary>
    public List<string> Messages { get; } = [];

    public static async Task<Browser> StartAsync()
    {
        var profile = new TempFolder();
        var start = new ProcessStartInfo("chromium", [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--user-data-dir=" + profile.Path, "about:blank",
        ])
        { RedirectStandardError = true };
        var browser = new Browser(Process.Start(start)!, profile);
        while (await browser._process.StandardError.ReadLineAsync(browser._cancellation) is { } line)
        {
            if (Listening.Match(line) is { Success: true } match)
            {
                await browser._socket.ConnectAsync(new Uri(match.Value), browser._cancellation);
                break;
            }
        }

        return browser;
    }

    /// <summary>Opens a file as a page of a given width in CSS pixels.</summary>
    public async Task OpenAsync(string file, int width, bool dark, bool scripts = true)
    {
        var target = await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        _page = (string)(await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true }))["sessionId"]!;
        foreach (var domain in new[] { "Page", "Runtime", "Log" })
        {
            await SendAsync(domain + ".enable", []);
        }

        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 500 });
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
        });
        await SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = !scripts });
        await SendAsync("Page.navigate", new JsonObject { ["url"] = "file://" + file });
        while (await EvaluateAsync("document.readyState") != "complete")
        {
        }
    }

    /// <summary>The value of a JavaScript expression in the page, as text.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer["result"]!["value"]?.ToString() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _profile.Dispose();
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        var id = ++_id;
        var request = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_page is not null && !method.StartsWith("Target.", StringComparison.Ordinal))
        {
            request["sessionId"] = _page;
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(request.ToJsonString()), WebSocketMessageType.Text, true, _cancellation);
        while (true)
        {
            var message = await ReceiveAsync();
            if ((int?)message["id"] == id)
            {
                return message["result"] ?? throw new InvalidOperationException(message.ToJsonString());
            }

            if ((string?)message["method"] is "Log.entryAdded" or "Runtime.consoleAPICalled" or "Runtime.exceptionThrown")
            {
                Messages.Add(message.ToJsonString());
            }
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), _cancellation);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return JsonNode.Parse(text.ToArray())!;
    }

    [GeneratedRegex(@"ws://127\.0\.0\.1:\d+/\S+")]
    private static partial Regex Listening { get; }
}
