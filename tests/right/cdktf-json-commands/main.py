from stacks.entry import main

main()
