using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Scoring.Postgres;

public sealed class PostgresBinariesTests
{
    [Fact]
    public async Task Missing_binaries_are_explained()
    {
        var missing = await Should.ThrowAsync<EmbeddedPostgresException>(
            () => PostgresBinaries.Find(null, null, CancellationToken.None, ["/nowhere"]));

        missing.Failure.ShouldBe(EmbeddedPostgresFailure.BinariesMissing);
        missing.Message.ShouldContain("PostgreSQL 15 or later was not found");
        missing.Message.ShouldContain("apt-get install postgresql");
    }

    [Fact]
    public async Task Data_of_a_version_that_is_not_installed_are_explained()
    {
        var missing = await Should.ThrowAsync<EmbeddedPostgresException>(() => PostgresBinaries.Find(null, 9, CancellationToken.None));

        missing.Message.ShouldContain("PostgreSQL 9, which made the data");
        missing.Message.ShouldContain("found version");
    }

    [Fact]
    public async Task The_newest_installed_is_found() =>
        (await PostgresBinaries.Find(null, null, CancellationToken.None)).Major.ShouldBeGreaterThanOrEqualTo(PostgresBinaries.MajorMin);

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(65536, true)]
    [InlineData(65537, false)]
    public void Shared_buffers_are_16_to_65536_MiB(int mebibytes, bool fits)
    {
        var validate = new EmbeddedPostgresOptions { SharedBuffersMiB = mebibytes }.Validate;

        if (fits)
        {
            validate.ShouldNotThrow();
        }
        else
        {
            validate.ShouldThrow<ValidationException>().Message.ShouldContain("SharedBuffersMiB");
        }
    }

    [Fact]
    public async Task All_unfit_options_are_refused_together()
    {
        var unfit = new EmbeddedPostgresOptions { ConnectionsMax = 1, StopSecondsMax = 0 };

        var refused = await Should.ThrowAsync<ValidationException>(
            () => EmbeddedPostgres.Start(unfit, NullLogger.Instance, CancellationToken.None));

        refused.Message.ShouldContain("ConnectionsMax");
        refused.Message.ShouldContain("StopSecondsMax");
    }
}
