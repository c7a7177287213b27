using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Scoring.Client.Tests.Hosting;

namespace Scoring.Client.Tests.Notices;

public sealed class ListenTests
{
    private readonly ConcurrentQueue<string?> _places = new();

    [Fact]
    public async Task Notices_come_once_over_a_connection_that_breaks()
    {
        var read = new TaskCompletionSource();
        await using var platform = await Platform(
            async (stream, context) =>
            {
                await stream.WriteAsync(Text(1) + Text(2));
                await read.Task;
                context.Abort();
            },
            (stream, _) => stream.WriteAsync(Text(3) + "event: withdrawn\ndata: {}\n\n"));
        using var client = platform.Client();
        var notices = new List<LiveNotice>();
        await foreach (var notice in client.Subjects.Of("safe-driver", 0).Listen(cancellationToken: Limit()))
        {
            notices.Add(notice);
            if (notices.Count == 2) read.SetResult();
        }
        notices.Select(notice => notice.Id).ShouldBe(["1-0", "2-0", "3-0", null]);
        notices.Select(notice => notice.Kind).ShouldBe(["event", "event", "event", LiveNotice.Withdrawn]);
        notices.Select(notice => notice.Notice?.Turn).ShouldBe([1, 2, 3, null]);
        _places.ShouldBe([null, "2-0"]);
    }

    [Fact]
    public async Task A_place_without_a_notice_is_remembered_and_a_given_one_is_sent()
    {
        await using var platform = await Platform(
            (stream, _) => stream.WriteAsync("retry: 1\nid: 9-4\n\n"),
            (stream, _) => stream.WriteAsync("event: restarted\nid: 0-0\ndata: {}\n\n" + "event: withdrawn\ndata: {}\n\n"));
        using var client = platform.Client();
        var notices = await client.Subjects.Of("safe-driver", 0).Listen("8-4").ToListAsync(Limit());
        notices.Select(notice => notice.Kind).ShouldBe([LiveNotice.Restarted, LiveNotice.Withdrawn]);
        _places.ShouldBe(["8-4", "9-4"]);
    }

    [Fact]
    public async Task Heartbeats_keep_a_connection_and_silence_ends_it()
    {
        var silent = new TaskCompletionSource();
        await using var platform = await Platform(
            async (stream, context) =>
            {
                for (var i = 0; i < 5; i++) await stream.WriteAsync(":\n\n");
                await stream.WriteAsync(Text(1));
                await silent.Task.WaitAsync(context.RequestAborted);
            },
            (stream, _) => stream.WriteAsync("event: withdrawn\ndata: {}\n\n"));
        using var client = platform.Client(options => options.NoticeSilenceMax = TimeSpan.FromMilliseconds(300));
        (await client.Subjects.Of("safe-driver", 0).Listen(LiveNotice.Beginning).ToListAsync(Limit())).Count.ShouldBe(2);
        _places.ShouldBe(["0-0", "1-0"]);
    }

    [Fact]
    public async Task A_refusal_ends_listening()
    {
        await using var platform = await LoopbackPlatform.Start(context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.NotFound;
            return context.Response.WriteAsync("""{"type":"urn:scoring:problem:not-found","title":"Nothing.","status":404}""");
        });
        using var client = platform.Client();
        var exception = await Should.ThrowAsync<ScoringProblemException>(async () =>
            await client.Subjects.Of("safe-driver", 0).Listen().ToListAsync(Limit()));
        exception.Kind.ShouldBe(ProblemKinds.NotFound);
    }

    [Fact]
    public async Task Listening_ends_when_it_is_cancelled()
    {
        await using var platform = await Platform(async (stream, context) =>
        {
            await stream.WriteAsync(Text(1));
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = platform.Client();
        using var cancelled = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var notice in client.Subjects.Of("safe-driver", 0).Listen(cancellationToken: cancelled.Token))
                await cancelled.CancelAsync();
        });
    }

    private Task<LoopbackPlatform> Platform(params Func<HttpResponse, HttpContext, Task>[] connections)
    {
        var left = new ConcurrentQueue<Func<HttpResponse, HttpContext, Task>>(connections);
        return LoopbackPlatform.Start(async context =>
        {
            context.Request.Headers.Accept.ToString().ShouldBe("text/event-stream");
            _places.Enqueue(context.Request.Headers["Last-Event-ID"].FirstOrDefault());
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("retry: 1\n\n");
            left.TryDequeue(out var connection).ShouldBeTrue();
            await connection!(context.Response, context);
        });
    }

    private static string Text(int turn) => $$"""
        event: event
        id: {{turn}}-0
        data: {"id":"{{turn}}-0","turn":{{turn}},"act":null,"kind":"event",
        data: "day":"2026-11-23","words":"x","event":null,"look":null,"body":null}


        """;

    private static CancellationToken Limit() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
}
