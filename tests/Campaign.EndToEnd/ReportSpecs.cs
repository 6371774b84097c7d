using System.Globalization;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>The report as a reader meets it: in a browser, from a file, without a network.</summary>
public sealed class ReportSpecs
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task The_report_opens_without_a_complaint_and_fits_the_screen(int width, bool dark)
    {
        using var folder = new TempFolder();
        var run = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/quickstart.lua", "--testbed", "simulated");
        Assert.True(run.Code == 0, run.ToString());

        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(run.Out.Trim(), width, dark);

        Assert.Empty(browser.Messages);
        Assert.InRange(int.Parse(await browser.EvaluateAsync("document.documentElement.scrollWidth"), CultureInfo.InvariantCulture), 1, width);
        Assert.Contains("simulated", await browser.EvaluateAsync("document.body.innerText.trim().split('\\n')[0].toLowerCase()"), StringComparison.Ordinal);
        Assert.NotEqual("0", await browser.EvaluateAsync("document.querySelectorAll('svg[role=img] title').length"));
        Assert.Equal("", await Accessibility.ViolationsAsync(browser));
        Assert.Equal("0", await browser.EvaluateAsync("[...document.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width < 1).length"));
        Assert.Equal(dark ? "dark" : "light", await browser.EvaluateAsync(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0) > 382 ? 'light' : 'dark'"));
    }

    [Fact]
    public async Task Its_script_reads_values_off_filters_switches_and_keeps_the_state_in_the_address()
    {
        using var folder = new TempFolder();
        var run = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/quickstart.lua", "--testbed", "simulated");
        Assert.True(run.Code == 0, run.ToString());
        var report = run.Out.Trim();
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(report, 1280, dark: false);

        // The median that the pointer finds at p50 is the median that the table prints, within the width of a line.
        var found = double.Parse(await browser.EvaluateAsync("""
            (() => {
              const svg = document.querySelector('#comparisons figure svg'), box = svg.getBoundingClientRect();
              const [from, to, decades] = document.getElementById('pf').dataset.x.split(' ').map(Number);
              const x = from + Math.log10(2) / decades * (to - from);
              svg.dispatchEvent(new PointerEvent('pointermove', { clientX: box.left + x * box.width / 400, clientY: box.top + 50 }));
              const said = document.querySelector('.tip').textContent.split('\n')[1];
              const cell = Number(svg.querySelector('use.m').getAttribute('href').slice(2));
              const printed = document.querySelectorAll('#cells tbody tr')[cell].querySelectorAll('td')[2].firstChild.textContent;
              return Number(/: ([0-9.]+) µs/.exec(said)[1]) / Number(printed);
            })()
            """), CultureInfo.InvariantCulture);
        Assert.InRange(found, 0.97, 1.03);

        const string Visible = "[...document.querySelectorAll('#cells tbody tr')].filter(r => !r.hidden).length";
        var rows = int.Parse(await browser.EvaluateAsync(Visible), CultureInfo.InvariantCulture);
        await browser.EvaluateAsync("""
            (() => {
              const list = [...document.querySelectorAll('.filter label')].find(l => l.textContent.startsWith('neighbour')).querySelector('select');
              list.value = 'true';
              list.dispatchEvent(new Event('change'));
              document.querySelector('#comparisons .plots .key').click();
            })()
            """);
        Assert.Equal(rows / 2, int.Parse(await browser.EvaluateAsync(Visible), CultureInfo.InvariantCulture));
        Assert.Equal("true,false,true", await browser.EvaluateAsync("""
            (() => {
              const seen = (section, start) => [...document.querySelectorAll(section + ' figure')].some(f => !f.hidden && f.querySelector('figcaption').textContent.startsWith(start));
              return [seen('#effects', 'neighbour true against false'), seen('#seconds', 'rate 1 kpkt/s, isolation true, neighbour false'), seen('#seconds', 'rate 1 kpkt/s, isolation true, neighbour true')].join();
            })()
            """));
        var address = await browser.EvaluateAsync("location.hash");
        Assert.Matches("^#f=neighbour:true&h=comparisons:[0-9]+:0$", address);

        await browser.OpenAsync(report + address, 1280, dark: false);
        Assert.Equal(rows / 2, int.Parse(await browser.EvaluateAsync(Visible), CultureInfo.InvariantCulture));
        Assert.Equal("none", await browser.EvaluateAsync("getComputedStyle(document.querySelector('#comparisons .plots figure .l0')).display"));
        Assert.Empty(browser.Messages);
    }

    [Fact]
    public async Task The_matrix_shows_any_figure_across_any_axis_and_only_what_the_filter_leaves()
    {
        using var folder = new TempFolder();
        var run = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/quickstart.lua", "--testbed", "simulated");
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(run.Out.Trim() + "#f=neighbour:true&m=p50&a=isolation", 1280, dark: false);

        const string Seen = "[...document.querySelectorAll('#matrix .scroll')].filter(t => !t.hidden)";
        Assert.Equal("p50 in µs, by isolation", await browser.EvaluateAsync(Seen + ".map(t => t.querySelector('caption').textContent).join()"));
        Assert.Equal("rate,neighbour,true,false", await browser.EvaluateAsync(Seen + "[0].querySelector('thead').textContent && [..." + Seen + "[0].querySelectorAll('thead th')].map(h => h.textContent).join()"));
        Assert.Equal("", await browser.EvaluateAsync("""
            (() => {
              const printed = [...document.querySelectorAll('#cells tbody tr')].filter(r => !r.hidden);
              const wrong = [];
              for (const row of document.querySelectorAll('#matrix .own tbody tr')) {
                const [rate] = [...row.querySelectorAll('th')].map(h => h.textContent);
                [...row.querySelectorAll('td')].forEach((cell, i) => {
                  const same = printed.find(r => { const v = [...r.querySelectorAll('th')].map(h => h.textContent); return v[0] === rate && v[1] === ['true', 'false'][i]; });
                  if (same.querySelectorAll('td')[2].textContent !== cell.textContent) wrong.push(cell.textContent);
                });
              }
              return document.querySelectorAll('#matrix .own tbody tr').length === 2 ? wrong.join() : 'rows';
            })()
            """));

        await browser.EvaluateAsync("(() => { for (const list of document.querySelectorAll('#matrix select, nav select')) { list.value = ''; list.dispatchEvent(new Event('change')); } })()");
        Assert.Equal("p99.9 in µs, by rate|max in µs, by rate", await browser.EvaluateAsync(Seen + ".map(t => t.querySelector('caption').textContent).join('|')"));
        Assert.Empty(browser.Messages);
    }

    [Fact]
    public async Task An_enlarged_figure_zooms_and_what_the_pointer_reads_off_stays_right()
    {
        using var folder = new TempFolder();
        var run = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/quickstart.lua", "--testbed", "simulated");
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(run.Out.Trim(), 1280, dark: false);

        Assert.Equal("same, 400, 40, 400", await browser.EvaluateAsync("""
            (() => {
              const figure = document.querySelector('#comparisons figure'), svg = figure.querySelector('svg'), view = svg.viewBox.baseVal;
              const at = share => { const box = svg.getBoundingClientRect(); return { clientX: box.left + box.width * share, clientY: box.top + box.height / 2, bubbles: true, cancelable: true }; };
              const read = share => { svg.dispatchEvent(new PointerEvent('pointermove', at(share))); return document.querySelector('.tip').textContent; };
              const wheel = delta => svg.dispatchEvent(new WheelEvent('wheel', { deltaY: delta, ...at(.5) }));
              wheel(-1);
              const small = view.width;
              [...figure.querySelectorAll('button')].find(b => b.textContent === 'Enlarge').click();
              const before = read(.5);
              for (let i = 0; i < 3; i++) wheel(-1);
              const same = read(.5) === before ? 'same' : read(.5) + ' / ' + before;
              for (let i = 0; i < 60; i++) wheel(-1);
              const most = 400 / view.width;
              svg.dispatchEvent(new MouseEvent('dblclick'));
              return [same, small, Math.round(most), view.width].join(', ');
            })()
            """));
        Assert.Empty(browser.Messages);
    }

    [Fact]
    public async Task Every_figure_comes_as_a_drawing_and_as_numbers_of_its_own()
    {
        using var folder = new TempFolder();
        var run = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/quickstart.lua", "--testbed", "simulated");
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(run.Out.Trim(), 1280, dark: false);

        Assert.Equal("", await browser.EvaluateAsync("""
            (async () => {
              const blobs = [], wrong = [];
              URL.createObjectURL = blob => { blobs.push(blob); return 'data:,'; };
              HTMLAnchorElement.prototype.click = () => { };
              for (const figure of document.querySelectorAll('figure')) {
                for (const button of figure.querySelectorAll('.tools button')) if (button.textContent !== 'Enlarge') button.click();
                const [drawing, csv] = await Promise.all(blobs.splice(0).map(blob => blob.text()));
                const svg = new DOMParser().parseFromString(drawing, 'image/svg+xml');
                const title = figure.querySelector('figcaption').firstChild.textContent;
                if (svg.querySelector('parsererror')) wrong.push(title + ': no XML');
                for (const use of svg.querySelectorAll('use')) if (!svg.querySelector(use.getAttribute('href'))) wrong.push(title + ': ' + use.getAttribute('href'));
                const lines = csv.trim().split('\n'), columns = lines[0].split(',').length;
                if (lines.length < 3 || lines.some(line => line.replace(/"[^"]*"/g, '').split(',').length !== columns || /NaN|undefined|Infinity/.test(line))) wrong.push(title + ': ' + csv.slice(0, 200));
              }
              return wrong.join('\n');
            })()
            """));
        Assert.Empty(browser.Messages);
    }

    [Fact]
    public async Task Without_its_script_nothing_is_missing()
    {
        using var folder = new TempFolder();
        var run = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/quickstart.lua", "--testbed", "simulated");
        await using var browser = await Browser.StartAsync();
        const string Content = "[document.querySelectorAll('table').length, document.querySelectorAll('svg path:not(.cross), svg use').length, document.querySelectorAll('tbody tr').length].join()";
        await browser.OpenAsync(run.Out.Trim(), 1280, dark: false);
        var with = await browser.EvaluateAsync(Content);

        await browser.OpenAsync(run.Out.Trim(), 1280, dark: false, scripts: false);

        Assert.Equal(with, await browser.EvaluateAsync(Content));
        Assert.Equal("0", await browser.EvaluateAsync("document.querySelectorAll('button, select, .tip').length"));
    }
}
