using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Scoring.Testing;

namespace Scoring.Cluster;

/// <summary>Tests mutual TLS with a real silo and real clients of Orleans on TCP ports.</summary>
public sealed class MutualTlsTests : IAsyncLifetime
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(120);

    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-tls-").FullName;
    private readonly OrleansNodes _nodes = new();
    private readonly TestAuthority _authority;
    private readonly TestAuthority _other;

    public MutualTlsTests()
    {
        _authority = new TestAuthority(_folder);
        _other = new TestAuthority(_folder, "other");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _nodes.DisposeAsync();
        _authority.Dispose();
        _other.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_client_with_a_certificate_of_the_cluster_calls()
    {
        await _nodes.StartSilo(Of(_authority.Issue("silo.pem")));
        await ShouldAnswer(_nodes.Client(Of(_authority.Issue("client.pem", isServer: false))));
    }

    /// <summary>The client's own check at start is off, so that the silo's check is tested.</summary>
    [Theory]
    [InlineData("none")]
    [InlineData("other authority")]
    [InlineData("expired")]
    [InlineData("other name")]
    [InlineData("other purpose")]
    public async Task A_client_with_a_wrong_certificate_or_none_cannot_call(string fault)
    {
        var silo = await _nodes.StartSilo(Of(_authority.Issue("silo.pem")));
        var call = _nodes.CallFrom(_nodes.Client(fault == "none" ? [] : Unchecked(Wrong(fault, isClient: false))));
        await ShouldBeRefusedBy(silo, call);
        await ShouldAnswer(_nodes.Client(Of(_authority.Issue("proper.pem"))));
    }

    [Theory]
    [InlineData("other authority")]
    [InlineData("expired")]
    [InlineData("other name")]
    [InlineData("other purpose")]
    public async Task A_client_refuses_a_silo_with_a_wrong_certificate(string fault)
    {
        await _nodes.StartSilo(Unchecked(Wrong(fault, isServer: false)));
        var client = _nodes.Client(Of(_authority.Issue("client.pem")));
        await ShouldBeRefusedBy(client, _nodes.CallFrom(client));
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_for_new_connections_without_a_restart()
    {
        var file = _authority.Issue("silo.pem");
        var both = await File.ReadAllTextAsync(_authority.File) + "\n" + await File.ReadAllTextAsync(_other.File);
        await _nodes.StartSilo(Of(file));
        var early = _nodes.Client(Of(_other.Issue("client.pem"), _other.File));
        await ShouldBeRefusedBy(early, _nodes.CallFrom(early));

        await File.WriteAllTextAsync(_authority.File, both);
        File.Move(_other.Issue("renewed.pem"), file, overwrite: true);
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(1));
        await ShouldAnswer(_nodes.Client(Of(_other.Issue("client.pem"), _other.File)));

        await File.WriteAllTextAsync(file, "half a file");
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(2));
        await ShouldAnswer(_nodes.Client(Of(_other.Issue("client.pem"), _other.File)));
    }

    [Theory]
    [InlineData("other authority", "refuse the certificate")]
    [InlineData("expired", "refuse the certificate")]
    [InlineData("other name", "DNS name")]
    [InlineData("other purpose", "refuse the certificate")]
    public async Task A_silo_whose_certificate_others_would_refuse_does_not_start(string fault, string problem) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => _nodes.StartSilo(Of(Wrong(fault, isServer: false)))))
            .Message.ShouldContain(problem);

    [Fact]
    public async Task A_certificate_without_an_authority_does_not_start() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => _nodes.StartSilo(("Certificate", _authority.Issue("silo.pem")))))
            .Message.ShouldContain("both Certificate and Authority");

    private static async Task ShouldBeRefusedBy(IHost node, Task<int> call)
    {
        await OrleansNodes.Refused(node).WaitAsync(WaitMax);
        call.IsCompletedSuccessfully.ShouldBeFalse();
    }

    private async Task ShouldAnswer(IHost client) => (await _nodes.CallFrom(client).WaitAsync(WaitMax)).ShouldBe(1);

    private string Wrong(string fault, bool isServer = true, bool isClient = true) => fault switch
    {
        "other authority" => _other.Issue("wrong.pem"),
        "expired" => _authority.Issue("wrong.pem", lastDay: -1),
        "other name" => _authority.Issue("wrong.pem", name: "else"),
        "other purpose" => _authority.Issue("wrong.pem", isServer: isServer, isClient: isClient),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private (string Name, string Value)[] Of(string certificate, string? authority = null) =>
        [("Certificate", certificate), ("Authority", authority ?? _authority.File)];

    private (string Name, string Value)[] Unchecked(string certificate) => [.. Of(certificate), (OrleansNodes.Unchecked, "true")];
}
