using System.Net;
using Scoring.City.Platform;

namespace Scoring.City.Tests.Platform;

public sealed class ApiClientTests
{
    private static readonly Uri[] Gateways = [new("http://127.0.0.1:1"), new("http://127.0.0.1:2")];

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task A_busy_answer_is_retried(HttpStatusCode busy)
    {
        var platform = new FakePlatform(busy, HttpStatusCode.OK);
        using var api = new ApiClient(Gateways, () => platform);
        var (status, _) = await api.Send(HttpMethod.Get, "/x", null, null, "application/json", CancellationToken.None);
        status.ShouldBe(HttpStatusCode.OK);
        api.Retries.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_final()
    {
        var platform = new FakePlatform(HttpStatusCode.BadRequest, HttpStatusCode.OK);
        using var api = new ApiClient(Gateways, () => platform);
        var (status, _) = await api.Send(HttpMethod.Get, "/x", null, null, "application/json", CancellationToken.None);
        status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Requests_take_turns_over_gateways()
    {
        var platform = new FakePlatform(HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK);
        using var api = new ApiClient(Gateways, () => platform);
        for (var i = 0; i < 4; i++) await api.Send(HttpMethod.Get, "/x", null, null, "application/json", CancellationToken.None);
        platform.Ports.Order().ShouldBe([1, 1, 2, 2]);
    }

    [Fact]
    public async Task Not_found_is_null_and_any_other_failure_an_exception()
    {
        using var api = new ApiClient(Gateways, () => new FakePlatform(HttpStatusCode.NotFound));
        (await api.SendJson(HttpMethod.Get, "/x", null, null, CancellationToken.None)).ShouldBeNull();
        using var broken = new ApiClient(Gateways, () => new FakePlatform(HttpStatusCode.Forbidden));
        (await Should.ThrowAsync<ApiException>(() => broken.SendJson(HttpMethod.Get, "/x", null, null, CancellationToken.None)))
            .Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>Answers in the given order.</summary>
    private sealed class FakePlatform(params HttpStatusCode[] answers) : HttpMessageHandler
    {
        private readonly Queue<HttpStatusCode> _answers = new(answers);

        public List<int> Ports { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Ports.Add(request.RequestUri!.Port);
            return Task.FromResult(new HttpResponseMessage(_answers.Dequeue()) { Content = new StringContent("{}") });
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
