using Scoring.Hosting;

namespace Scoring.Intake;

public sealed class RefusedEventTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    public static TheoryData<string, string, string> BadMembers { get; } = new()
    {
        { "\"specversion\":\"1.0\"", "\"specversion\":\"0.3\"", "/specversion" },
        { "\"specversion\":\"1.0\"", "\"specversion\":1.0", "/specversion" },
        { "\"specversion\":\"1.0\",", "", "/specversion" },
        { "\"id\":\"e1\",", "", "/id" },
        { "\"id\":\"e1\"", "\"id\":\"\"", "/id" },
        { "\"id\":\"e1\"", "\"id\":null", "/id" },
        { "\"id\":\"e1\"", "\"id\":1", "/id" },
        { "\"id\":\"e1\"", "\"id\":{\"a\":[1]}", "/id" },
        { "\"id\":\"e1\"", "\"id\":\"a\\u0000b\"", "/id" },
        { "\"id\":\"e1\"", "\"id\":\"\\ud800\"", "/id" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"id\":\"e1\"", "/id" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"\\u0069d\":\"e1\"", "/id" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"ext\":1,\"ext\":1", "/ext" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"ext\":{}", "/ext" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"ext\":[]", "/ext" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"ext\":1.5", "/ext" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"ext\":99999999999", "/ext" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"ext\":\"\\ud800\"", "/ext" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"Ext\":1", "/Ext" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"\":1", "" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"a~b\":1", "" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"\\ud800\":1", "" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"subject\":\"\"", "/subject" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"dataschema\":\"no uri\"", "/dataschema" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"datacontenttype\":\"text/plain\"", "/datacontenttype" },
        { "\"id\":\"e1\"", "\"id\":\"e1\",\"datacontenttype\":\"application/json; charset=latin1\"", "/datacontenttype" },
        { "urn:example:camera-7", "urn:example:camera-8", "/source" },
        { "\"source\":\"urn:example:camera-7\",", "", "/source" },
        { "traffic.speeding", "traffic.flying", "/type" },
        { "traffic.speeding", "payment.paid", "/type" },
        { "traffic.speeding", "", "/type" },
        { "2026-11-23T08:15:00+01:00", "2026-11-23T08:15:00", "/time" },
        { "2026-11-23T08:15:00+01:00", "2026-11-23", "/time" },
        { "2026-11-23T08:15:00+01:00", "0000-01-01T00:00:00Z", "/time" },
        { "2026-11-23T08:15:00+01:00", "0001-01-01T00:00:00+01:00", "/time" },
        { "2026-11-23T08:15:00+01:00", "9999-12-31T23:59:59-01:00", "/time" },
        { "\"2026-11-23T08:15:00+01:00\"", "1790000000", "/time" },
        { "\"2026-11-23T08:15:00+01:00\"", "null", "/time" },
        { "\"data\":{", "\"data_base64\":\"e30=\",\"data\":{", "/data_base64" },
        { "\"data\":{", "\"data_base64\":null,\"data\":{", "/data_base64" },
        { "\"data\":{", $"\"data\":{Some.Data()},\"data\":{{", "/data" },
        { "\"programme\":\"safe-driver\",", "", "/data/programme" },
        { "safe-driver", "unsafe-driver", "/data/programme" },
        { "safe-driver", "paused", "/data/programme" },
        { "\"safe-driver\"", "7", "/data/programme" },
        { "\"programme\"", "\"programme\":\"safe-driver\",\"programme\"", "/data/programme" },
        { $"\"handle\":\"{Some.Handle}\",", "", "/data/handle" },
        { Some.Handle, "tooshort", "/data/handle" },
        { Some.Handle, "q7Jw0yF3t5Zk1x!m", "/data/handle" },
        { $"\"{Some.Handle}\"", "null", "/data/handle" },
        { "\"handle\"", $"\"handle\":\"{Some.Handle}\",\"handle\"", "/data/handle" },
        { "\"overLimitKmh\":12", "\"zone\":\"school\"", "/data/overLimitKmh" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":12.0", "/data/overLimitKmh" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":1e1", "/data/overLimitKmh" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":201", "/data/overLimitKmh" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":-1", "/data/overLimitKmh" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":99999999999999999999999999", "/data/overLimitKmh" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":\"12\"", "/data/overLimitKmh" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":null", "/data/overLimitKmh" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":12,\"overLimitKmh\":12", "/data/overLimitKmh" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":12,\"night\":\"true\"", "/data/night" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":12,\"zone\":\"moon\"", "/data/zone" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":12,\"zone\":\"\\udc00\"", "/data/zone" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":12,\"name\":\"Ada\"", "/data/name" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":12,\"deep\":{\"er\":[1]}", "/data/deep" },
        { "\"overLimitKmh\":12", "\"overLimitKmh\":12,\"\\ud800\":1", "/data" },
    };

    [Theory, MemberData(nameof(BadMembers))]
    public async Task A_bad_member_is_named(string good, string bad, string pointer)
    {
        var sound = Some.Event();
        sound.ShouldContain(good);
        var answer = await running.Gateway.PostEvents(sound.Replace(good, bad, StringComparison.Ordinal));

        answer.Status.ShouldBe(400, answer.Text);
        answer.Problem.ShouldBe("events-refused");
        answer.Pointers.ShouldBe([pointer], answer.Text);
        answer.Indexes.ShouldBe([0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("{\"id\":NaN}")]
    [InlineData("{\"id\":Infinity}")]
    [InlineData("{\"id\":01}")]
    [InlineData("{\"id\":\"a\",}")]
    [InlineData("{/* hello */}")]
    [InlineData("{'id':'a'}")]
    [InlineData("{\"id\":\"a\nb\"}")]
    [InlineData("{\"x\":[[[[[[[[[[[[]]]]]]]]]]]]}")]
    public async Task What_is_not_an_event_in_JSON_is_refused(string body)
    {
        var answer = await running.Gateway.PostEvents(body);
        answer.Status.ShouldBe(400, answer.Text);
        answer.Problem.ShouldBe("events-refused");
        answer.Pointers.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_byte_order_mark_is_refused_with_that_reason()
    {
        var answer = await running.Gateway.PostEvents("\uFEFF" + Some.Event());
        (answer.Status, answer.Details.Single()).ShouldBe((400, "A byte order mark is not allowed before JSON."));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused_even_in_members_that_are_not_read()
    {
        var sound = Some.Event(more: ",\"ext\":\"@\"");
        var bytes = System.Text.Encoding.UTF8.GetBytes(sound);
        bytes[Array.IndexOf(bytes, (byte)'@')] = 0xC0;
        var answer = await running.Gateway.Send(HttpMethod.Post, "/v1/events", "source", "", change: request =>
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = new("application/cloudevents+json");
        });
        (answer.Status, answer.Details.Single()).ShouldBe((400, "The body is not well-formed UTF-8."));
    }

    [Fact]
    public async Task Every_bad_event_of_a_batch_is_named_and_nothing_is_taken()
    {
        var before = running.Gateway.City.Appends;
        var answer = await running.Gateway.PostBatch(
            Some.Event("a"), Some.Event(""), Some.Event("c"), "7", Some.Event("e", data: "\"overLimitKmh\":900,\"zone\":\"moon\""));

        answer.Status.ShouldBe(400);
        answer.Pointers.ShouldBe(["/1/id", "/3", "/4/data/overLimitKmh", "/4/data/zone"]);
        answer.Indexes.ShouldBe([1, 3, 4, 4]);
        running.Gateway.City.Appends.ShouldBe(before);
    }

    [Fact]
    public async Task A_batch_that_breaks_off_names_the_event_where_it_does()
    {
        var answer = await running.Gateway.PostEvents($"[{Some.Event("a")},{Some.Event("b")[..^9]}", EventContent.Batch);
        (answer.Status, answer.Indexes.Single()).ShouldBe((400, 1));
    }

    [Fact]
    public async Task Faults_past_the_limit_are_counted()
    {
        var answer = await running.Gateway.PostBatch([.. Enumerable.Repeat("7", 150)]);
        answer.Pointers.Length.ShouldBe(100);
        answer.Json.GetProperty("errorsTotal").GetInt32().ShouldBe(150);
    }

    [Fact]
    public async Task A_refusal_echoes_no_value()
    {
        var bad = Some.Event("secret-id", data: $"\"zone\":\"secret-code\",\"a {Some.Handle}\":1");
        var answer = await running.Gateway.PostEvents(bad.Replace("\"safe-driver\"", "\"secret-name\"", StringComparison.Ordinal));
        answer.Status.ShouldBe(400);
        answer.Text.ShouldNotContain("secret");
        answer.Text.ShouldNotContain(Some.Handle);
    }

    [Theory]
    [InlineData(256, 202)]
    [InlineData(257, 400)]
    public async Task An_id_has_at_most_256_bytes(int length, int status) =>
        (await running.Gateway.PostEvents(Some.Event(new string('x', length)))).Status.ShouldBe(status);

    [Theory]
    [InlineData(32, 202)]
    [InlineData(33, 400)]
    public async Task An_event_has_at_most_32_extensions(int count, int status) =>
        (await running.Gateway.PostEvents(Some.Event(more: string.Concat(Enumerable.Range(0, count).Select(i => $",\"ext{i}\":{i}")))))
        .Status.ShouldBe(status);
}
