"""What people (and the machines behind Framecast) do, as commands that tests tell their stories with."""
