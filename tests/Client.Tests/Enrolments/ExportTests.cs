using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Scoring.Client.Tests.Hosting;

namespace Scoring.Client.Tests.Enrolments;

public sealed class ExportTests
{
    /// <summary>A test that waits longer has failed.</summary>
    private static readonly TimeSpan LimitMax = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_archive_is_written_as_it_comes()
    {
        var firstPartRead = new TaskCompletionSource();
        await using var platform = await LoopbackPlatform.Start(async context =>
        {
            context.Request.Headers.Accept.ToString().ShouldBe("application/zip");
            await context.Response.Body.WriteAsync("first"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await firstPartRead.Task.WaitAsync(LimitMax);
            await context.Response.Body.WriteAsync("last"u8.ToArray());
        });
        using var client = platform.Client();
        var pipe = new Pipe();
        var export = client.Subjects.Of("safe-driver", 0).Export(pipe.Writer.AsStream());
        var part = await pipe.Reader.ReadAtLeastAsync(5).AsTask().WaitAsync(LimitMax);
        part.Buffer.Length.ShouldBe(5);
        pipe.Reader.AdvanceTo(part.Buffer.End);
        firstPartRead.SetResult();
        await export;
        (await pipe.Reader.ReadAtLeastAsync(4)).Buffer.Length.ShouldBe(4);
    }

    [Fact]
    public async Task An_archive_that_is_cut_off_is_an_error()
    {
        await using var platform = await LoopbackPlatform.Start(async context =>
        {
            await context.Response.Body.WriteAsync("first"u8.ToArray());
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using var client = platform.Client();
        await Should.ThrowAsync<HttpRequestException>(() => client.Subjects.Of("safe-driver", 0).Export(Stream.Null));
    }

    [Fact]
    public async Task An_answer_that_stops_half_way_is_not_waited_for_without_end()
    {
        await using var platform = await LoopbackPlatform.Start(async context =>
        {
            await context.Response.Body.WriteAsync("{"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = platform.Client(options => options.AttemptTimeout = TimeSpan.FromMilliseconds(300));
        await Should.ThrowAsync<TimeoutException>(() => client.Health.IsLive());
    }
}
