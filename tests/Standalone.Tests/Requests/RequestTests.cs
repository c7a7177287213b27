using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Scoring.City.Commands;
using Scoring.City.Demos;
using Scoring.City.Platform;
using Scoring.City.Requests;
using Scoring.Testing;

namespace Scoring.Requests;

/// <summary>Sends the tour of <c>requests/</c> to a running platform as an editor does.</summary>
public sealed partial class RequestTests
{
    private const int Tours = 2;

    /// <summary>The files of the tour, in its order.</summary>
    private static readonly string[] Files =
    [
        "01-enrol.http", "02-send-events.http", "03-query.http", "04-explain.http", "05-contest.http", "06-draft.http", "07-approve.http",
        "08-audit.http", "09-leave.http",
    ];

    private static readonly string Folder = Path.Combine(Repository.Root, "requests");

    [Fact]
    public async Task Every_request_of_the_tour_gets_the_expected_answer_also_on_a_second_tour()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        await using var platform = await StandaloneChild.Start(typeof(Hosting.StandaloneHost).Assembly.Location, timeout.Token);
        var standalone = StandaloneFile.Read(platform.StandaloneFilePath);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        for (var tour = 1; tour <= Tours; tour++)
        {
            var environment = await Environment(standalone, timeout.Token);
            var sent = 0;
            var used = new HashSet<string>();
            foreach (var file in Files.Select(Read))
            {
                var values = new HttpFileValues(file, environment);
                foreach (var request in file.Requests)
                {
                    await Send(http, file, request, values, environment, timeout.Token);
                    sent++;
                }
                used.UnionWith(values.Used);
            }

            sent.ShouldBe(Files.Sum(file => RequestLine().Count(File.ReadAllText(Path.Combine(Folder, file)))), "each request is sent");
            used.Order().ShouldBe(environment.Keys.Order(), "each variable that is written is used");
        }
    }

    [Fact]
    public void There_is_no_file_beyond_the_tour_and_the_page_names_each()
    {
        string[] others = ["README.md", "http-client.env.json"];
        string[] ignored = [RequestFiles.Rider, RequestFiles.VisualStudio];
        Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Except(ignored).Order(StringComparer.Ordinal)
            .ShouldBe([.. Files, .. others]);
        Directory.EnumerateDirectories(Folder).Select(Path.GetFileName).Except([".vscode"]).ShouldBeEmpty();
        var page = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Files.Where(file => !page.Contains($"]({file})", StringComparison.Ordinal)).ShouldBeEmpty();
        using var shared = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "http-client.env.json")));
        shared.RootElement.EnumerateObject().Select(environment => environment.Name).ShouldBe([RequestFiles.Environment]);
    }

    [Fact]
    public void No_secret_is_in_a_url()
    {
        foreach (var request in Files.Select(Read).SelectMany(file => file.Requests))
            Secret().IsMatch(request.Url).ShouldBeFalse(request.Url);
    }

    [Theory]
    [InlineData("### A title\nGET /x", "Expect")]
    [InlineData("###\n# Expect 200\nGET /x", "title")]
    [InlineData("### A title\n# Expect 200", "request line")]
    [InlineData("### A title\n# Expect 200\nFETCH /x", "request line")]
    [InlineData("### A title\n# Expect 200\n# Expect 201\nGET /x", "Expect")]
    [InlineData("### A title\n# @name one\n# Expect 200\nGET /x", "@name")]
    [InlineData("### A title\n# Expect 200\nGET /x\nno header", "header")]
    [InlineData("### A title\n# Expect 200\nGET /x\n\nGET /y", "another request")]
    [InlineData("### A\n# Expect 200\n# @name one\nGET /x\n\n### B\n# Expect 200\n# @name one\nGET /y", "same name")]
    [InlineData("@a = 1\n@a = 2\n### A title\n# Expect 200\nGET /x", "twice")]
    [InlineData("GET /x\n### A title\n# Expect 200\nGET /y", "not a variable")]
    public void Syntax_that_not_all_editors_understand_is_refused(string text, string why) =>
        Should.Throw<FormatException>(() => HttpFile.Parse("a.http", text)).Message.ShouldContain(why);

    [Fact]
    public void A_value_comes_from_the_file_the_environment_or_an_earlier_answer_and_is_never_missing()
    {
        var file = HttpFile.Parse("a.http", "@me = {{address}}/me\n\n### A title\n# Expect 200\nGET {{me}}\n");
        var values = new HttpFileValues(file, new Dictionary<string, string> { ["address"] = "http://host" });
        values.Keep("list", JsonElement.Parse("""{"entries":[{"turn":7},{"turn":6,"name":"six"}],"none":null}"""));

        values.Fill(file.Requests[0].Url).ShouldBe("http://host/me");
        values.Used.ShouldBe(["address"]);
        values.Fill("{{list.response.body.$.entries[0].turn}} {{list.response.body.$.entries[1].name}}").ShouldBe("7 six");
        foreach (var missing in (string[])["{{port}}", "{{other.response.body.$.x}}", "{{list.response.body.$.none}}", "{{list.response}}"])
            Should.Throw<FormatException>(() => values.Fill(missing), missing);
        Should.Throw<KeyNotFoundException>(() => values.Fill("{{list.response.body.$.turn}}"));
    }

    /// <summary>Reads the environment that <c>./run city requests</c> writes for Rider, as Rider reads it.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> Environment(
        StandaloneFile standalone, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("scoring-requests-");
        try
        {
            await RequestsCommand.Write(standalone, folder.FullName, cancellationToken);
            using var written = JsonDocument.Parse(await File.ReadAllTextAsync(
                Path.Combine(folder.FullName, RequestFiles.Rider), cancellationToken));
            return written.RootElement.GetProperty(RequestFiles.Environment).EnumerateObject()
                .ToDictionary(one => one.Name, one => one.Value.GetString()!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Send(
        HttpClient http, HttpFile file, HttpFileRequest request, HttpFileValues values, IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        var where = $"{file.Name}, '{request.Title}'";
        var url = values.Fill(request.Url);
        var secrets = environment.Where(one => Secret().IsMatch("{{" + one.Key));
        secrets.Where(one => url.Contains(one.Value, StringComparison.Ordinal)).ShouldBeEmpty(where);
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), url);
        if (request.Body is not null) message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(values.Fill(request.Body)));
        foreach (var (name, value) in request.Headers)
        {
            if (name == "Content-Type") message.Content.ShouldNotBeNull(where).Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else message.Headers.TryAddWithoutValidation(name, values.Fill(value)).ShouldBeTrue(where);
        }

        using var answer = await http.SendAsync(message, cancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var mediaType = answer.Content.Headers.ContentType?.MediaType;
        ((int)answer.StatusCode).ShouldBe(
            request.Expected, mediaType == "application/zip" ? where : $"{where}\n{Encoding.UTF8.GetString(bytes)}");
        var accept = request.Headers.FirstOrDefault(header => header.Name == "Accept").Value;
        if (accept is not null && answer.IsSuccessStatusCode) mediaType.ShouldBe(accept, where);
        if (request.Name is not null) values.Keep(request.Name, JsonElement.Parse(Encoding.UTF8.GetString(bytes)));
    }

    private static HttpFile Read(string file) => HttpFile.Parse(file, File.ReadAllText(Path.Combine(Folder, file)));

    // Requests are counted without the parser, so that a request that it skips is noticed.
    [GeneratedRegex("^(GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS) ", RegexOptions.Multiline)]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\{\{[^}]*(token|handle|proof|code)", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
