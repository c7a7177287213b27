using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Orleans' own grain storage on our tables, as a silo has it.</summary>
public sealed class GrainStateTests(PostgresServer server) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("scoring-states-").FullName;
    private readonly GrainId draft = GrainId.Create("programme-admin", "safe-driver");
    private string database = "";
    private IHost silo = null!;

    private IGrainStorage Storage => silo.Services.GetRequiredKeyedService<IGrainStorage>(AdministrationStorage.Name);

    public async ValueTask InitializeAsync()
    {
        database = await server.NewDatabase();
        var keys = Path.Combine(folder, "keys.json");
        PlatformKeyFile.Create(keys);
        silo = SiloHostingTests.Silo(database, keys);
        await silo.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await silo.StopAsync();
        silo.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_state_comes_back_as_it_was_written()
    {
        var written = new GrainState<DraftState>(new DraftState
        {
            Programme = Some.Programme, At = Some.Start, Json = [1, 2, 255], Approvals = ["a", "b"],
            Problems = [new DraftProblem("/ruleSet", "number-wrong", "“2” is next.")],
        });
        await Storage.WriteStateAsync("draft", draft, written);
        var read = await Read();
        (read.RecordExists, read.ETag).ShouldBe((true, written.ETag));
        (read.State!.Programme, read.State!.At).ShouldBe((Some.Programme, Some.Start));
        read.State!.Json.ShouldBe([1, 2, 255]);
        read.State!.Approvals.ShouldBe(["a", "b"]);
        read.State!.Problems.ShouldBe([new DraftProblem("/ruleSet", "number-wrong", "“2” is next.")]);
        (await Read(GrainId.Create("programme-admin", "clean-kitchen"))).RecordExists.ShouldBeFalse();
        (await Read(kind: "approvals")).RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_writes_or_clears_what_they_have_not_read_is_refused_and_changes_nothing()
    {
        await Storage.WriteStateAsync("draft", draft, new GrainState<DraftState>(new DraftState { Approvals = ["first"] }));
        var (one, other) = (await Read(), await Read());
        one.State!.Approvals = ["one"];
        await Storage.WriteStateAsync("draft", draft, one);
        other.State!.Approvals = ["other"];
        await Should.ThrowAsync<InconsistentStateException>(Storage.WriteStateAsync("draft", draft, other));
        await Should.ThrowAsync<InconsistentStateException>(Storage.ClearStateAsync("draft", draft, other));
        var unread = new GrainState<DraftState>(new DraftState { Approvals = ["unread"] });
        await Should.ThrowAsync<InconsistentStateException>(Storage.WriteStateAsync("draft", draft, unread));
        (await Read()).State!.Approvals.ShouldBe(["one"]);
    }

    [Fact]
    public async Task Of_many_who_write_first_at_once_one_does()
    {
        var writes = Enumerable.Range(0, 12).Select(async i =>
        {
            try
            {
                await Storage.WriteStateAsync("draft", draft, new GrainState<DraftState>(new DraftState { Approvals = [$"{i}"] }));
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        });
        (await Task.WhenAll(writes)).Count(written => written).ShouldBe(1);
        (await Read()).State!.Approvals.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_cleared_state_leaves_no_row_and_its_version_never_comes_back()
    {
        var first = new GrainState<DraftState>(new DraftState { Approvals = ["first"] });
        await Storage.WriteStateAsync("draft", draft, first);
        var zombie = await Read();
        await Storage.ClearStateAsync("draft", draft, first);
        (first.RecordExists, (await Read()).RecordExists, await Count()).ShouldBe((false, false, 0));
        await Storage.WriteStateAsync("draft", draft, first);
        await Should.ThrowAsync<InconsistentStateException>(Storage.WriteStateAsync("draft", draft, zombie));
        (await Count()).ShouldBe(1);
    }

    private async Task<GrainState<DraftState>> Read(GrainId? id = null, string kind = "draft")
    {
        var state = new GrainState<DraftState>(new DraftState());
        await Storage.ReadStateAsync(kind, id ?? draft, state);
        return state;
    }

    private async Task<long> Count()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("SELECT count(*) FROM administration.state");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Of the shapes that administrators' grains keep.</summary>
    internal sealed class DraftState
    {
        public ProgrammeId Programme { get; set; }

        public DateTimeOffset At { get; set; }

        public byte[] Json { get; set; } = [];

        public ImmutableArray<string> Approvals { get; set; } = [];

        public ImmutableArray<DraftProblem> Problems { get; set; } = [];
    }
}
